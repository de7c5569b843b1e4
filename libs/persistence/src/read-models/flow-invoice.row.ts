import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What became of one invoice, or status, of a flow: the part of the integration report for each (R45). */
@Entity({ schema: 'read', name: 'flow_invoices' })
export class FlowInvoiceRow {
  @PrimaryColumn({ name: 'flow_number', type: 'text' })
  flowNumber!: string;

  /** Place in the flow, from 1. */
  @PrimaryColumn({ type: 'integer' })
  rank!: number;

  @Column({ type: 'text', nullable: true })
  member!: string | null;

  @Column({ type: 'text' })
  outcome!: 'integrated' | 'rejected';

  @Column({ type: 'text', nullable: true })
  number!: string | null;

  @Column({ name: 'issue_date', type: 'text', nullable: true })
  issueDate!: string | null;

  @Column({ type: 'text', nullable: true })
  issuer!: string | null;

  @Column({ type: 'text', nullable: true })
  recipient!: string | null;

  /** Of a flow of statuses: the status asked for; null in a flow of invoices. */
  @Column({ type: 'text', nullable: true })
  status!: string | null;

  /** `RejectReason[]`: why it was rejected, or what was noticed when it was let in. */
  @Column({ type: 'json', nullable: true })
  reasons!: unknown;
}
