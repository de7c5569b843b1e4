import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A structure as the controls of invoices see it. */
@Entity({ schema: 'read', name: 'structures' })
export class StructureRow {
  @PrimaryColumn({ type: 'text' })
  identifier!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'public_entity', type: 'boolean' })
  publicEntity!: boolean;

  @Column({ type: 'boolean' })
  active!: boolean;

  @Column({ type: 'text', nullable: true })
  successor!: string | null;

  @Column({ name: 'requires_service_code', type: 'boolean' })
  requiresServiceCode!: boolean;

  @Column({ name: 'requires_commitment_number', type: 'boolean' })
  requiresCommitmentNumber!: boolean;

  /** One of the two, whichever. */
  @Column({ name: 'requires_either', type: 'boolean' })
  requiresEither!: boolean;

  /** Why it need not receive invoices (R17); null when it must. */
  @Column({ type: 'text', nullable: true })
  exclusion!: string | null;
}

/** A service of a structure (R11). */
@Entity({ schema: 'read', name: 'services' })
export class ServiceRow {
  @PrimaryColumn({ type: 'text' })
  structure!: string;

  @PrimaryColumn({ type: 'text' })
  code!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'boolean' })
  active!: boolean;

  @Column({ name: 'requires_commitment_number', type: 'boolean' })
  requiresCommitmentNumber!: boolean;
}

/** A connection (raccordement): who sends under an application code, and what opens its doors. */
@Entity({ schema: 'read', name: 'connections' })
export class ConnectionRow {
  @PrimaryColumn({ name: 'application_code', type: 'text' })
  applicationCode!: string;

  /** Identifier of the structure that the connection belongs to. */
  @Column({ type: 'text' })
  structure!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'boolean' })
  open!: boolean;

  /** SHA-256 (hex) of the API key in force. */
  @Column({ name: 'api_key_digest', type: 'text', nullable: true })
  apiKeyDigest!: string | null;

  /** OpenSSH public keys that open the SFTP box. */
  @Column({ name: 'sftp_public_keys', type: 'text', array: true })
  sftpPublicKeys!: string[];
}
