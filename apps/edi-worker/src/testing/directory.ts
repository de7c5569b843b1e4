import { serviceStream } from '#domain';
import type { DirectoryExtract, KnownService, KnownStructure } from '#application';

/** An active public structure that asks for nothing, or as changed. */
export function knownStructure(identifier: string, change: Partial<KnownStructure> = {}): KnownStructure {
  return {
    identifier,
    name: 'Commune',
    publicEntity: true,
    active: true,
    successor: null,
    requirements: { serviceCode: false, commitmentNumber: false, serviceCodeOrCommitmentNumber: false },
    exclusion: null,
    ...change,
  };
}

/** An active service that asks for nothing, or as changed. */
export function knownService(structure: string, code: string, change: Partial<KnownService> = {}): KnownService {
  return { structure, code, name: 'Comptabilité', active: true, commitmentNumber: false, ...change };
}

/** What was looked up. */
export function extractOf(structures: readonly KnownStructure[], services: readonly KnownService[]): DirectoryExtract {
  return {
    structures: new Map(structures.map((one) => [one.identifier, one])),
    services: new Map(services.map((one) => [serviceStream(one), one])),
  };
}
