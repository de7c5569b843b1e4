import type { ConnectionEvent, ServiceEvent, ServiceKey, StructureEvent } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import type { Projection } from './projection.js';

type DirectoryEvent = ConnectionEvent | ServiceEvent | StructureEvent;

/** Structures, their services and connections, as the controls and the doors look them up. */
export const directoryProjection: Projection = {
  name: 'directory',
  types: [
    'StructureRegistered',
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

async function apply(recorded: RecordedEvent, tx: PoolClient): Promise<void> {
  const key = decodeURIComponent(recorded.stream.slice(recorded.stream.indexOf('-') + 1));
  const event = { type: recorded.type, data: recorded.data } as DirectoryEvent;
  switch (event.type) {
    case 'StructureRegistered':
      await tx.query(
        'INSERT INTO read.structures (identifier, name, public_entity, active) VALUES ($1, $2, $3, true)',
        [event.data.identifier, event.data.name, event.data.publicEntity],
      );
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
      await tx.query('INSERT INTO read.services (structure, code, name, active) VALUES ($1, $2, $3, true)', [
        event.data.structure,
        event.data.code,
        event.data.name,
      ]);
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
  await tx.query(`UPDATE read.services SET ${column} = $3 WHERE structure = $1 AND code = $2`, [
    structure,
    code,
    value,
  ]);
}
