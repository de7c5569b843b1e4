import type { Pool } from 'pg';
import type { Period } from './number-filters.js';

/** Of the rejects of `$1` to `$2`, those of the parties `$3`: sent by them or issued by them; all when there is none to name. */
export const CONCERNED = `day BETWEEN $1 AND $2 AND ($3::text[] IS NULL OR sender = ANY ($3) OR issuer = ANY ($3))`;

/** Whose rejects are counted: of those that a caller reaches, the one that is named. Null for everybody's. */
export function partiesCounted(reach: readonly string[] | null, structure: string | null): readonly string[] | null {
  if (structure === null) return reach;
  return reach === null || reach.includes(structure) ? [structure] : [];
}

/** Lines of the reject files of each day of a period. */
export async function rejectsPerDay(
  pool: Pool,
  parties: readonly string[] | null,
  { from, to }: Period,
): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ day: string; rejects: number }>(
    `SELECT day::text, count(*)::integer AS rejects FROM read.rejects WHERE ${CONCERNED} GROUP BY day`,
    [from, to, parties],
  );
  return new Map(rows.map(({ day, rejects }) => [day, rejects]));
}
