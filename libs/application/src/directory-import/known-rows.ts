import { serviceStream } from '#domain';
import type { Pool } from 'pg';
import type { ImportedRow, ImportedServiceRow, ImportedStructureRow } from './imported-rows.js';

interface KnownStructureRow {
  readonly identifier: string;
  readonly name: string | null;
  readonly category: string;
  readonly exclusion: string | null;
  readonly service: boolean;
  readonly commitment: boolean;
  readonly either: boolean;
}

interface KnownServiceRow {
  readonly structure: string;
  readonly code: string;
  readonly name: string;
  readonly active: boolean;
  readonly commitment: boolean;
}

/**
 * Which rows the read models know to be as the file says, in two queries: those need no reading of their streams, and in a
 * file that is imported again they are nearly all. The read models may be a moment behind the log; such a row counts as it
 * stood a moment ago, as if the import had come that moment sooner.
 *
 * @returns whether a row of the batch is known to be so
 */
export async function knownAsImported(
  pool: Pool,
  rows: readonly ImportedRow[],
): Promise<(row: ImportedRow) => boolean> {
  const [structures, services] = await Promise.all([
    knownStructures(pool, rows.filter(isStructure)),
    knownServices(pool, rows.filter(isService)),
  ]);
  return (row) => {
    if (row.kind === 'service') {
      const known = services.get(serviceStream(row));
      return known?.name === row.name && known.active === row.active && known.commitment === row.commitmentNumber;
    }
    const known = structures.get(row.identifier);
    return known !== undefined && isSame(known, row);
  };
}

function isSame(known: KnownStructureRow, { name, category, requirements, exclusion }: ImportedStructureRow): boolean {
  const asksSo =
    requirements === null ||
    (known.service === requirements.serviceCode &&
      known.commitment === requirements.commitmentNumber &&
      known.either === requirements.serviceCodeOrCommitmentNumber);
  const isSoExcluded = exclusion === undefined || exclusion === known.exclusion;
  return known.name === name && known.category === category && asksSo && isSoExcluded;
}

/** Active structures of nobody's own: whether the others may be imported is for the decider to say. */
async function knownStructures(
  pool: Pool,
  rows: readonly ImportedStructureRow[],
): Promise<Map<string, KnownStructureRow>> {
  if (rows.length === 0) return new Map();
  const { rows: known } = await pool.query<KnownStructureRow>(
    `SELECT identifier, name, category, exclusion, requires_service_code AS service,
            requires_commitment_number AS commitment, requires_either AS either
       FROM read.structures WHERE identifier = ANY ($1) AND active AND person IS NULL`,
    [rows.map(({ identifier }) => identifier)],
  );
  return new Map(known.map((row) => [row.identifier, row]));
}

async function knownServices(pool: Pool, rows: readonly ImportedServiceRow[]): Promise<Map<string, KnownServiceRow>> {
  if (rows.length === 0) return new Map();
  const { rows: known } = await pool.query<KnownServiceRow>(
    `SELECT structure, code, services.name, services.active, requires_commitment_number AS commitment
       FROM read.services JOIN unnest($1::text[], $2::text[]) AS wanted (structure, code) USING (structure, code)
      WHERE EXISTS (SELECT 1 FROM read.structures WHERE identifier = services.structure AND active)`,
    [rows.map(({ structure }) => structure), rows.map(({ code }) => code)],
  );
  return new Map(known.map((row) => [serviceStream(row), row]));
}

function isStructure(row: ImportedRow): row is ImportedStructureRow {
  return row.kind === 'structure';
}

function isService(row: ImportedRow): row is ImportedServiceRow {
  return row.kind === 'service';
}
