import type { AccountEvent, ConnectionEvent, ServiceEvent, ServiceKey, StructureEvent } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import type { Projection } from './projection.js';

type DirectoryEvent =
  | ConnectionEvent
  | ServiceEvent
  | Exclude<
      StructureEvent,
      {
        type:
          | `BankDetails${string}`
          | `Space${string}`
          | 'UsedApplicationsSet'
          | 'InvoicingMandateSubscribed'
          | 'PacageNumberSet';
      }
    >
  | Extract<AccountEvent, { type: 'PersonErased' }>;

/**
 * Structures, their services and connections, as the controls and the doors look them up.
 *
 * A structure that takes another's place by a change of SIRET has what that one had in one statement for each table (R16). An
 * event of a service of the old one can still come after that in the order of the log, when both were recorded at the same
 * instant; it then counts for the new structure as well, as it does for whoever reads the streams.
 */
export const directoryProjection: Projection = {
  name: 'directory',
  types: [
    'StructureRegistered',
    'StructureDescribed',
    'StructureDuplicated',
    'PrimaryManagerNamed',
    'PersonErased',
    'StructureRequirementsSet',
    'StructureExcluded',
    'StructureExclusionLifted',
    'StructureDeactivated',
    'ServiceOpened',
    'ServiceRenamed',
    'ServiceRequirementSet',
    'ServiceDeactivated',
    'ServiceReactivated',
    'ConnectionOpened',
    'ApiKeyIssued',
    'SftpKeyAuthorised',
    'ConnectionClosed',
  ],
  tables: ['read.structures', 'read.services', 'read.connections'],
  async handle(events, tx) {
    for (const event of events) await apply(event, tx);
  },
};

/** The structure $1 and those that took its place, whichever way the log put their events in order. */
const WITH_SUCCESSORS =
  'SELECT $1::text AS identifier UNION SELECT identifier FROM read.structures WHERE origins @> ARRAY[$1::text]';

async function apply(recorded: RecordedEvent, tx: PoolClient): Promise<void> {
  const key = decodeURIComponent(recorded.stream.slice(recorded.stream.indexOf('-') + 1));
  const event = { type: recorded.type, data: recorded.data } as DirectoryEvent;
  switch (event.type) {
    case 'StructureRegistered':
      await register(tx, event.data);
      return;
    case 'StructureDescribed':
      await tx.query('UPDATE read.structures SET name = $2, address = $3 WHERE identifier = $1', [
        key,
        event.data.name,
        json(event.data.address),
      ]);
      return;
    case 'StructureDuplicated':
      await duplicate(tx, event.data);
      return;
    case 'PrimaryManagerNamed':
      await tx.query('UPDATE read.structures SET primary_manager = $2 WHERE identifier = $1', [
        key,
        event.data.account,
      ]);
      return;
    case 'PersonErased':
      await tx.query('UPDATE read.structures SET name = NULL, address = NULL WHERE person = $1', [event.data.account]);
      return;
    case 'StructureDeactivated':
      await tx.query('UPDATE read.structures SET active = false, successor = $2 WHERE identifier = $1', [
        key,
        event.data.successor,
      ]);
      return;
    case 'StructureRequirementsSet': {
      const { serviceCode, commitmentNumber, serviceCodeOrCommitmentNumber } = event.data;
      await tx.query(
        `UPDATE read.structures SET requires_service_code = $2, requires_commitment_number = $3, requires_either = $4
          WHERE identifier = $1`,
        [key, serviceCode, commitmentNumber, serviceCodeOrCommitmentNumber],
      );
      return;
    }
    case 'StructureExcluded':
    case 'StructureExclusionLifted': {
      const exclusion = event.type === 'StructureExcluded' ? event.data.reason : null;
      await tx.query('UPDATE read.structures SET exclusion = $2 WHERE identifier = $1', [key, exclusion]);
      return;
    }
    case 'ServiceOpened':
      await tx.query(
        `INSERT INTO read.services (structure, code, name, active)
         SELECT identifier, $2, $3, true FROM (${WITH_SUCCESSORS}) AS structures`,
        [event.data.structure, event.data.code, event.data.name],
      );
      return;
    case 'ServiceRenamed':
      await setService(tx, event.data, 'name', event.data.name);
      return;
    case 'ServiceRequirementSet':
      await setService(tx, event.data, 'requires_commitment_number', event.data.commitmentNumber);
      return;
    case 'ServiceDeactivated':
    case 'ServiceReactivated':
      await setService(tx, event.data, 'active', event.type === 'ServiceReactivated');
      return;
    case 'ConnectionOpened':
      await tx.query(
        'INSERT INTO read.connections (application_code, structure, name, open) VALUES ($1, $2, $3, true)',
        [event.data.applicationCode, event.data.structure, event.data.name],
      );
      return;
    case 'ApiKeyIssued':
      await tx.query('UPDATE read.connections SET api_key_digest = $2 WHERE application_code = $1', [
        key,
        event.data.keyDigest,
      ]);
      return;
    case 'SftpKeyAuthorised':
      await tx.query(
        'UPDATE read.connections SET sftp_public_keys = array_append(sftp_public_keys, $2) WHERE application_code = $1',
        [key, event.data.publicKey],
      );
      return;
    case 'ConnectionClosed':
      await tx.query('UPDATE read.connections SET open = false WHERE application_code = $1', [key]);
      return;
  }
}

async function setService(
  tx: PoolClient,
  { structure, code }: ServiceKey,
  column: 'name' | 'active' | 'requires_commitment_number',
  value: string | boolean,
): Promise<void> {
  await tx.query(`UPDATE read.services SET ${column} = $3 WHERE structure IN (${WITH_SUCCESSORS}) AND code = $2`, [
    structure,
    code,
    value,
  ]);
}

type Registration = Extract<StructureEvent, { type: 'StructureRegistered' }>['data'];

async function register(tx: PoolClient, data: Registration): Promise<void> {
  const { identifier, name, publicEntity, identifierType, category, address, primaryManager, person } = data;
  await tx.query(
    `INSERT INTO read.structures (identifier, name, public_entity, active, identifier_type, category, address,
                                  primary_manager, person)
     VALUES ($1, $2, $3, true, $4, $5, $6, $7, $8)`,
    [
      identifier,
      name,
      publicEntity,
      identifierType ?? 'SIRET',
      category ?? (publicEntity ? 'OTHER_PUBLIC' : 'COMPANY'),
      json(address ?? null),
      primaryManager ?? null,
      person ?? null,
    ],
  );
}

async function duplicate(
  tx: PoolClient,
  { identifier, origins }: { readonly identifier: string; readonly origins: readonly string[] },
): Promise<void> {
  const replaced = origins.at(-1);
  await tx.query(
    `INSERT INTO read.structures (identifier, active, origins, name, public_entity, requires_service_code,
                                  requires_commitment_number, requires_either, exclusion, identifier_type, category,
                                  address, person, primary_manager)
     SELECT $2, true, $3, name, public_entity, requires_service_code, requires_commitment_number, requires_either,
            exclusion, identifier_type, category, address, person, primary_manager
       FROM read.structures WHERE identifier = $1`,
    [replaced, identifier, origins],
  );
  await tx.query('UPDATE read.structures SET living_structure = $2 WHERE identifier = ANY ($1)', [origins, identifier]);
  await tx.query(
    `INSERT INTO read.services (structure, code, name, active, requires_commitment_number)
     SELECT $2, code, name, active, requires_commitment_number FROM read.services WHERE structure = $1`,
    [replaced, identifier],
  );
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
