import { serviceStream, structureStream, type ImportedStructure, type ServiceKey } from '#domain';

/** A structure of an imported file. */
export interface ImportedStructureRow extends ImportedStructure {
  readonly kind: 'structure';
  /** Where it stands in the file, from 1. */
  readonly line: number;
}

/** A service of an imported file; its structure is in the directory, or earlier in the file. */
export interface ImportedServiceRow extends ServiceKey {
  readonly kind: 'service';
  /** Where it stands in the file, from 1. */
  readonly line: number;
  readonly name: string;
  readonly active: boolean;
  readonly commitmentNumber: boolean;
}

export type ImportedRow = ImportedStructureRow | ImportedServiceRow;

/** Stream that a row is about. */
export function streamOf(row: ImportedRow): string {
  return row.kind === 'structure' ? structureStream(row.identifier) : serviceStream(row);
}

/** Identifier of the structure that a row is about. */
export function identifierOf(row: ImportedRow): string {
  return row.kind === 'structure' ? row.identifier : row.structure;
}
