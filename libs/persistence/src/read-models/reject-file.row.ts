import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A closed reject file: its bytes are in the object store under these hashes and never change (R44). */
@Entity({ schema: 'read', name: 'reject_files' })
export class RejectFileRow {
  @PrimaryColumn({ type: 'date' })
  day!: string;

  /** Identifier of the party whose file it is. */
  @PrimaryColumn({ type: 'text' })
  party!: string;

  @Column({ type: 'integer' })
  lines!: number;

  @Column({ name: 'csv_sha256', type: 'text' })
  csvSha256!: string;

  @Column({ name: 'csv_size', type: 'bigint' })
  csvSize!: string;

  @Column({ name: 'json_sha256', type: 'text' })
  jsonSha256!: string;

  @Column({ name: 'json_size', type: 'bigint' })
  jsonSize!: string;

  @Column({ name: 'closed_at', type: 'timestamptz' })
  closedAt!: Date;
}
