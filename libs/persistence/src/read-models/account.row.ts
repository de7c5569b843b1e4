import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account of a person (R01). What is personal is null once the person was erased. */
@Entity({ schema: 'read', name: 'accounts' })
export class AccountRow {
  /** UUID. */
  @PrimaryColumn({ type: 'text' })
  account!: string;

  /** Keyed digest of the login, which stays when the login itself is erased; see `PersonalDataVault.loginDigest`. */
  @Column({ name: 'login_digest', type: 'text', nullable: true })
  loginDigest!: string | null;

  /** Adresse de connexion. */
  @Column({ type: 'text', nullable: true })
  login!: string | null;

  /** Adresse de contact: where notifications go. */
  @Column({ name: 'contact_address', type: 'text', nullable: true })
  contactAddress!: string | null;

  @Column({ name: 'first_name', type: 'text', nullable: true })
  firstName!: string | null;

  @Column({ name: 'last_name', type: 'text', nullable: true })
  lastName!: string | null;

  @Column({ type: 'text' })
  state!: 'pending' | 'active' | 'deactivated';

  /** Whether it ever was activated: what it goes back to when it is reactivated. */
  @Column({ type: 'boolean' })
  activated!: boolean;

  /** Whether the person has an account of the Portail internet de la gestion publique (R06). */
  @Column({ type: 'boolean' })
  pigp!: boolean;

  /** Whether notifications are sent by e-mail. */
  @Column({ type: 'boolean' })
  notifications!: boolean;

  @Column({ name: 'created_at', type: 'timestamptz', nullable: true })
  createdAt!: Date | null;
}
