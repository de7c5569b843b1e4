import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Status of a flow for its readers (R45). */
export type FlowStatus = 'received' | 'processing' | 'integrated' | 'partly-integrated' | 'rejected' | 'incident';

/** One flow with its progress: what the integration report starts with (R45). */
@Entity({ schema: 'read', name: 'flows' })
export class FlowRow {
  @PrimaryColumn({ type: 'text' })
  number!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'application_code', type: 'text' })
  applicationCode!: string;

  @Column({ name: 'sender_identifier', type: 'text' })
  senderIdentifier!: string;

  @Column({ name: 'sender_name', type: 'text', nullable: true })
  senderName!: string | null;

  @Column({ type: 'text' })
  channel!: string;

  @Column({ name: 'interface_code', type: 'text', nullable: true })
  interfaceCode!: string | null;

  /** Bytes; `pg` gives `bigint` as text. */
  @Column({ type: 'bigint' })
  size!: string;

  @Column({ type: 'text', nullable: true })
  sha256!: string | null;

  @Column({ type: 'text' })
  status!: FlowStatus;

  @Column({ type: 'text', nullable: true })
  container!: string | null;

  @Column({ type: 'integer', nullable: true })
  invoices!: number | null;

  @Column({ type: 'integer' })
  integrated!: number;

  @Column({ type: 'integer' })
  rejected!: number;

  /** Why the whole flow stays out, as `RejectReason[]`. */
  @Column({ type: 'json', nullable: true })
  reasons!: unknown;

  @Column({ type: 'text', nullable: true })
  incident!: string | null;

  @Column({ name: 'report_name', type: 'text', nullable: true })
  reportName!: string | null;

  @Column({ name: 'deposited_at', type: 'timestamptz' })
  depositedAt!: Date;

  @Column({ name: 'split_at', type: 'timestamptz', nullable: true })
  splitAt!: Date | null;

  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  completedAt!: Date | null;
}
