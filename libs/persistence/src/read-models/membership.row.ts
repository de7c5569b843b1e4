import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One person on one structure (R03–R05). */
@Entity({ schema: 'read', name: 'memberships' })
export class MembershipRow {
  @PrimaryColumn({ type: 'text' })
  structure!: string;

  /** UUID of the account. */
  @PrimaryColumn({ type: 'text' })
  account!: string;

  @Column({ type: 'text' })
  status!: 'requested' | 'refused' | 'attached' | 'deactivated';

  @Column({ name: 'secondary_manager', type: 'boolean' })
  secondaryManager!: boolean;

  /** When attachment was asked for; null for who was attached without asking. */
  @Column({ name: 'requested_at', type: 'timestamptz', nullable: true })
  requestedAt!: Date | null;

  @Column({ name: 'judged_at', type: 'timestamptz', nullable: true })
  judgedAt!: Date | null;

  /** Who judged the request: an account, or `operator`. */
  @Column({ name: 'judged_by', type: 'text', nullable: true })
  judgedBy!: string | null;

  /** Why it was refused. */
  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ name: 'attached_at', type: 'timestamptz', nullable: true })
  attachedAt!: Date | null;
}
