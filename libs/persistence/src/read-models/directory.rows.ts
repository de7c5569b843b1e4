import type { IdentifierType, PostalAddress, StructureCategory } from '#domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A structure as the controls of invoices see it. */
@Entity({ schema: 'read', name: 'structures' })
export class StructureRow {
  @PrimaryColumn({ type: 'text' })
  identifier!: string;

  /** Null once the natural person whose name it is was erased. */
  @Column({ type: 'text', nullable: true })
  name!: string | null;

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

  @Column({ name: 'identifier_type', type: 'text' })
  identifierType!: IdentifierType;

  @Column({ type: 'text' })
  category!: StructureCategory;

  @Column({ type: 'json', nullable: true })
  address!: PostalAddress | null;

  /** Account whose personal data name and address are; null for a company or a public entity. */
  @Column({ type: 'text', nullable: true })
  person!: string | null;

  /** Account of the primary manager (R03); null for a structure that is only in the directory. */
  @Column({ name: 'primary_manager', type: 'text', nullable: true })
  primaryManager!: string | null;

  /** The structures whose place it took by changes of SIRET, the oldest first (R16). */
  @Column({ type: 'text', array: true })
  origins!: string[];

  /** The structure at the end of its changes of SIRET, whose people have rights on it; null when that is itself (R16). */
  @Column({ name: 'living_structure', type: 'text', nullable: true })
  livingStructure!: string | null;
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

  /** Format of the status files that it is sent. */
  @Column({ name: 'status_format', type: 'text' })
  statusFormat!: string;
}
