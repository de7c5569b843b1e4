import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One reject, as a line of the reject files of its day: of its sender's and of its issuer's (R44). */
@Entity({ schema: 'read', name: 'rejects' })
export class RejectRow {
  /** Position of the event that it comes from. */
  @PrimaryColumn({ type: 'bigint' })
  position!: string;

  /** Transaction id of that event: with the position, the order of the log. */
  @Column({ type: 'numeric' })
  transaction!: string;

  @Column({ type: 'date' })
  day!: string;

  /** Identifier of the sender's structure. */
  @Column({ type: 'text' })
  sender!: string;

  /** Identifier under which the issuer's rejects are filed, null when it could not be read. */
  @Column({ type: 'text', nullable: true })
  issuer!: string | null;

  /** Data of the event and the instant of its recording: all that the line needs. */
  @Column({ type: 'json' })
  reject!: unknown;

  /** Rules that were violated, each once. */
  @Column({ type: 'text', array: true })
  rules!: string[];

  @Column({ name: 'rejected_at', type: 'timestamptz' })
  rejectedAt!: Date;
}
