import { connectionStream, serviceStream, structureStream } from '#domain';
import type { StreamAppend } from '#events';
import { sender } from './flow-events.js';

const structure = { identifier: '13002526500013', name: 'Commune', publicEntity: true };

/** A small directory: structures of every state, services, connections open and closed. */
export const directoryAppends: readonly StreamAppend[] = [
  {
    stream: structureStream(structure.identifier),
    expected: 'none',
    events: [{ type: 'StructureRegistered', data: structure }],
  },
  {
    stream: structureStream('OLD'),
    expected: 'none',
    events: [
      { type: 'StructureRegistered', data: { ...structure, identifier: 'OLD' } },
      { type: 'StructureDeactivated', data: { successor: structure.identifier } },
    ],
  },
  {
    stream: structureStream('ASKS'),
    expected: 'none',
    events: [
      { type: 'StructureRegistered', data: { ...structure, identifier: 'ASKS' } },
      {
        type: 'StructureRequirementsSet',
        data: { serviceCode: true, commitmentNumber: false, serviceCodeOrCommitmentNumber: true },
      },
      { type: 'StructureExcluded', data: { reason: 'passager' } },
      { type: 'StructureExclusionLifted', data: {} },
      { type: 'StructureExcluded', data: { reason: 'Comité' } },
    ],
  },
  {
    stream: serviceStream({ structure: 'ASKS', code: 'S-1' }),
    expected: 'none',
    events: [
      { type: 'ServiceOpened', data: { structure: 'ASKS', code: 'S-1', name: 'Achats' } },
      { type: 'ServiceRenamed', data: { structure: 'ASKS', code: 'S-1', name: 'Comptabilité' } },
      { type: 'ServiceRequirementSet', data: { structure: 'ASKS', code: 'S-1', commitmentNumber: true } },
      { type: 'ServiceDeactivated', data: { structure: 'ASKS', code: 'S-1' } },
    ],
  },
  {
    stream: serviceStream({ structure: 'ASKS', code: 'S-2' }),
    expected: 'none',
    events: [
      { type: 'ServiceOpened', data: { structure: 'ASKS', code: 'S-2', name: 'Achats' } },
      { type: 'ServiceDeactivated', data: { structure: 'ASKS', code: 'S-2' } },
      { type: 'ServiceReactivated', data: { structure: 'ASKS', code: 'S-2' } },
    ],
  },
  {
    stream: connectionStream('ABC123'),
    expected: 'none',
    events: [
      {
        type: 'ConnectionOpened',
        data: { applicationCode: 'ABC123', structure: sender.identifier, name: 'Papeterie' },
      },
      { type: 'ApiKeyIssued', data: { keyDigest: 'e'.repeat(64) } },
      { type: 'SftpKeyAuthorised', data: { publicKey: 'ssh-ed25519 A' } },
      { type: 'SftpKeyAuthorised', data: { publicKey: 'ssh-ed25519 B' } },
    ],
  },
  {
    stream: connectionStream('SHUT01'),
    expected: 'none',
    events: [
      {
        type: 'ConnectionOpened',
        data: { applicationCode: 'SHUT01', structure: sender.identifier, name: 'Papeterie' },
      },
      { type: 'ConnectionClosed', data: { reason: 'fin' } },
    ],
  },
];
