import {
  aggregates,
  chooseStatusFormat,
  connectionStream,
  deactivateStructure,
  openConnection,
  registerStructure,
  serviceStream,
  setStructureExclusion,
  structureStream,
  type ServiceKey,
  type StatusFormat,
  type StructureRequirements,
  type StructureToRegister,
} from '#domain';
import type { EventStore } from '#events';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Deciders } from '../shared/deciders.js';

/** A structure as the controls see it. */
export interface KnownStructure {
  readonly identifier: string;
  /** Null once the natural person whose name it is was erased. */
  readonly name: string | null;
  readonly publicEntity: boolean;
  readonly active: boolean;
  readonly successor: string | null;
  /** What it asks of the invoices sent to it (R11). */
  readonly requirements: StructureRequirements;
  /** Why it need not receive invoices (R17); null when it must. */
  readonly exclusion: string | null;
}

/** A service as the controls see it (R11). */
export interface KnownService extends ServiceKey {
  readonly name: string;
  readonly active: boolean;
  readonly commitmentNumber: boolean;
}

/** An open connection, as the doors see it. */
export interface KnownConnection {
  readonly applicationCode: string;
  readonly structure: string;
  readonly name: string;
  readonly sftpPublicKeys: readonly string[];
  /** Format of the status files that it is sent (R25). */
  readonly statusFormat: StatusFormat;
}

const CONNECTION_COLUMNS =
  'application_code AS "applicationCode", structure, name, sftp_public_keys AS "sftpPublicKeys", ' +
  'status_format AS "statusFormat"';

/** Structures and connections: registering them, and looking them up where a decision needs them. */
export class Directory {
  private readonly deciders: Deciders;

  constructor(private readonly store: EventStore) {
    this.deciders = new Deciders(store);
  }

  /** Registers a structure (R02). Throws `CommandRefused` (`STR-001`, `STR-002`). */
  async registerStructure(command: StructureToRegister, actor: string): Promise<void> {
    await this.deciders.decide(aggregates.structure, structureStream(command.identifier), context(actor), (structure) =>
      registerStructure(structure, command),
    );
  }

  /** Deactivates a structure. Throws `CommandRefused` (`STR-003`). */
  async deactivateStructure(identifier: string, successor: string | null, actor: string): Promise<void> {
    await this.deciders.decide(aggregates.structure, structureStream(identifier), context(actor), (structure) =>
      deactivateStructure(structure, successor),
    );
  }

  /** Excludes a structure from receiving (R17); null lifts it. Throws `CommandRefused` (`STR-003`). */
  async setExclusion(identifier: string, reason: string | null, actor: string): Promise<void> {
    await this.deciders.decide(aggregates.structure, structureStream(identifier), context(actor), (structure) =>
      setStructureExclusion(structure, reason),
    );
  }

  /**
   * Opens a connection for a structure.
   *
   * @returns the API key, which is shown once: only its digest is kept
   * @throws CommandRefused (`RAC-001`, `RAC-002`)
   */
  async openConnection(
    command: { applicationCode: string; structure: string; name: string; publicKey: string | null },
    actor: string,
  ): Promise<{ apiKey: string }> {
    const apiKey = `rep_${randomBytes(32).toString('base64url')}`;
    await this.deciders.decide(
      aggregates.connection,
      connectionStream(command.applicationCode),
      context(actor),
      (connection) => openConnection(connection, { ...command, keyDigest: keyDigest(apiKey) }),
    );
    return { apiKey };
  }

  /** Chooses the format of the status files of a connection (R25). Throws `CommandRefused` (`RAC-003`). */
  async chooseStatusFormat(applicationCode: string, format: StatusFormat, actor: string): Promise<void> {
    await this.deciders.decide(aggregates.connection, connectionStream(applicationCode), context(actor), (connection) =>
      chooseStatusFormat(connection, format),
    );
  }

  /** The structures among `identifiers` that the directory knows, in one query. */
  async structures(identifiers: readonly string[]): Promise<Map<string, KnownStructure>> {
    if (identifiers.length === 0) return new Map();
    const { rows } = await this.store.pool.query<KnownStructure>(
      `SELECT identifier, name, public_entity AS "publicEntity", active, successor, exclusion,
              json_build_object('serviceCode', requires_service_code, 'commitmentNumber', requires_commitment_number,
                                'serviceCodeOrCommitmentNumber', requires_either) AS requirements
         FROM read.structures WHERE identifier = ANY($1)`,
      [identifiers],
    );
    return new Map(rows.map((row) => [row.identifier, row]));
  }

  /** The services among `keys` that the directory knows, in one query, by {@link serviceStream}. */
  async services(keys: readonly ServiceKey[]): Promise<Map<string, KnownService>> {
    if (keys.length === 0) return new Map();
    const { rows } = await this.store.pool.query<KnownService>(
      `SELECT structure, code, name, active, requires_commitment_number AS "commitmentNumber"
         FROM read.services JOIN unnest($1::text[], $2::text[]) AS wanted (structure, code) USING (structure, code)`,
      [keys.map(({ structure }) => structure), keys.map(({ code }) => code)],
    );
    return new Map(rows.map((row) => [serviceStream(row), row]));
  }

  /** The services of a structure that the directory knows, by code; the active ones alone can be named on invoices. */
  async servicesOf(structure: string): Promise<KnownService[]> {
    const { rows } = await this.store.pool.query<KnownService>(
      `SELECT structure, code, name, active, requires_commitment_number AS "commitmentNumber"
         FROM read.services WHERE structure = $1 ORDER BY code`,
      [structure],
    );
    return rows;
  }

  /** Every open connection: the boxes to visit. */
  async openConnections(): Promise<KnownConnection[]> {
    const { rows } = await this.store.pool.query<KnownConnection>(
      `SELECT ${CONNECTION_COLUMNS} FROM read.connections WHERE open ORDER BY application_code`,
    );
    return rows;
  }

  /** The open connection of an application code, or null. */
  async connection(applicationCode: string): Promise<KnownConnection | null> {
    const { rows } = await this.store.pool.query<KnownConnection>(
      `SELECT ${CONNECTION_COLUMNS} FROM read.connections WHERE open AND application_code = $1`,
      [applicationCode],
    );
    return rows[0] ?? null;
  }

  /** The open connection that an API key belongs to, or null. Found by digest, so that timing tells nothing of the key. */
  async connectionOfKey(apiKey: string): Promise<KnownConnection | null> {
    const { rows } = await this.store.pool.query<KnownConnection>(
      `SELECT ${CONNECTION_COLUMNS} FROM read.connections WHERE open AND api_key_digest = $1`,
      [keyDigest(apiKey)],
    );
    return rows[0] ?? null;
  }
}

/** SHA-256 of an API key, hex. The key has 256 random bits: a slow hash would add nothing but a way to tire the server. */
export function keyDigest(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex');
}

function context(actor: string) {
  const commandId = randomUUID();
  return { commandId, correlationId: commandId, actor };
}
