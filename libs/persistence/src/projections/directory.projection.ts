import {
  serviceStream,
  type AccountEvent,
  type ConnectionEvent,
  type ServiceEvent,
  type StructureEvent,
} from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import { RowChanges } from './row-changes.js';
import {
  ACTIVATE_SERVICES,
  AUTHORISE_SFTP_KEYS,
  CHOOSE_STATUS_FORMATS,
  CLOSE_CONNECTIONS,
  DEACTIVATE_STRUCTURES,
  DESCRIBE_STRUCTURES,
  EXCLUDE_STRUCTURES,
  ISSUE_API_KEYS,
  KNOWN_SUCCESSORS,
  NAME_PRIMARY_MANAGERS,
  OPEN_CONNECTIONS,
  OPEN_SERVICES,
  REGISTER_STRUCTURES,
  RENAME_SERVICES,
  SET_REQUIREMENTS,
  SET_SERVICE_REQUIREMENTS,
} from './directory.projection-statements.js';
import { keyOfStream, Successors, type Duplication } from './successors.js';
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
          | 'PacageNumberSet'
          | 'CentralServiceNamed';
      }
    >
  | Extract<AccountEvent, { type: 'PersonErased' }>;

type EventOfOneRow = Exclude<DirectoryEvent, ServiceEvent | { type: 'StructureDuplicated' } | { type: 'PersonErased' }>;

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
    'StatusFormatChosen',
    'ConnectionClosed',
  ],
  tables: ['read.structures', 'read.services', 'read.connections'],
  async handle(events, tx) {
    const batch: Batch = {
      changes: new RowChanges(tx),
      successors: await Successors.of(events, KNOWN_SUCCESSORS, tx),
      tx,
    };
    for (const event of events) await apply(event, batch);
    await batch.changes.make();
  },
};

/** What a batch of events is brought into the read models with. */
interface Batch {
  readonly changes: RowChanges;
  readonly successors: Successors;
  readonly tx: PoolClient;
}

async function apply(recorded: RecordedEvent, { changes, successors, tx }: Batch): Promise<void> {
  const event = { type: recorded.type, data: recorded.data } as DirectoryEvent;
  switch (event.type) {
    case 'StructureDuplicated':
      // It and the next one touch rows that their events do not name: whatever came before is there first.
      await changes.make();
      if (await duplicate(tx, event.data)) successors.add(event.data);
      return;
    case 'PersonErased':
      await changes.make();
      await tx.query('UPDATE read.structures SET name = NULL, address = NULL WHERE person = $1', [event.data.account]);
      return;
    case 'ServiceOpened':
    case 'ServiceRenamed':
    case 'ServiceRequirementSet':
    case 'ServiceDeactivated':
    case 'ServiceReactivated': {
      const [statement, value] = serviceChange(event);
      const { structure: owner, code } = event.data;
      for (const structure of successors.withSuccessors(owner))
        changes.add(statement, serviceStream({ structure, code }), [structure, code, value]);
      return;
    }
    default: {
      const [statement, ...values] = change(event);
      changes.add(statement, recorded.stream, [keyOfStream(recorded.stream), ...values]);
    }
  }
}

function serviceChange(event: ServiceEvent): [statement: string, value: string | boolean] {
  switch (event.type) {
    case 'ServiceOpened':
      return [OPEN_SERVICES, event.data.name];
    case 'ServiceRenamed':
      return [RENAME_SERVICES, event.data.name];
    case 'ServiceRequirementSet':
      return [SET_SERVICE_REQUIREMENTS, event.data.commitmentNumber];
    case 'ServiceDeactivated':
    case 'ServiceReactivated':
      return [ACTIVATE_SERVICES, event.type === 'ServiceReactivated'];
  }
}

/** What an event of a structure or a connection changes of the one that its stream is of. */
function change(event: EventOfOneRow): [statement: string, ...values: unknown[]] {
  switch (event.type) {
    case 'StructureRegistered': {
      const { name, publicEntity, identifierType, category, address, primaryManager, person } = event.data;
      return [
        REGISTER_STRUCTURES,
        name,
        publicEntity,
        identifierType ?? 'SIRET',
        category ?? (publicEntity ? 'OTHER_PUBLIC' : 'COMPANY'),
        json(address ?? null),
        primaryManager ?? null,
        person ?? null,
      ];
    }
    case 'StructureDescribed':
      return [DESCRIBE_STRUCTURES, event.data.name, json(event.data.address)];
    case 'PrimaryManagerNamed':
      return [NAME_PRIMARY_MANAGERS, event.data.account];
    case 'StructureDeactivated':
      return [DEACTIVATE_STRUCTURES, event.data.successor];
    case 'StructureRequirementsSet': {
      const { serviceCode, commitmentNumber, serviceCodeOrCommitmentNumber } = event.data;
      return [SET_REQUIREMENTS, serviceCode, commitmentNumber, serviceCodeOrCommitmentNumber];
    }
    case 'StructureExcluded':
      return [EXCLUDE_STRUCTURES, event.data.reason];
    case 'StructureExclusionLifted':
      return [EXCLUDE_STRUCTURES, null];
    case 'ConnectionOpened':
      return [OPEN_CONNECTIONS, event.data.structure, event.data.name];
    case 'ApiKeyIssued':
      return [ISSUE_API_KEYS, event.data.keyDigest];
    case 'SftpKeyAuthorised':
      return [AUTHORISE_SFTP_KEYS, event.data.publicKey];
    case 'StatusFormatChosen':
      return [CHOOSE_STATUS_FORMATS, event.data.format];
    case 'ConnectionClosed':
      return [CLOSE_CONNECTIONS];
  }
}

/** @returns whether the log knows the structure that is replaced */
async function duplicate(tx: PoolClient, { identifier, origins }: Duplication): Promise<boolean> {
  const replaced = origins.at(-1);
  const { rowCount } = await tx.query(
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
  return rowCount === 1;
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
