import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';

/** What a change of SIRET says: the new structure, and those that it goes back to, the oldest first (R16). */
export interface Duplication {
  readonly identifier: string;
  readonly origins: readonly string[];
}

/**
 * The structures that took the place of others by a change of SIRET (R16), as far as a batch of events needs them. An event
 * of an old structure that the log has after the change counts for the new one as well.
 */
export class Successors {
  private constructor(private readonly byOrigin: Map<string, string[]>) {}

  /**
   * Those known before the batch, in one query for all its events.
   *
   * @param query takes identifiers as `$1` and gives rows of `origin` and `structures`
   */
  static async of(events: readonly RecordedEvent[], query: string, tx: PoolClient): Promise<Successors> {
    const structures = new Set(events.map(structureOf));
    const { rows } = await tx.query<{ origin: string; structures: string[] }>(query, [[...structures]]);
    return new Successors(new Map(rows.map(({ origin, structures: known }) => [origin, known])));
  }

  /** Takes in a change of SIRET that the batch itself holds. */
  add({ identifier, origins }: Duplication): void {
    for (const origin of origins) this.byOrigin.set(origin, [...(this.byOrigin.get(origin) ?? []), identifier]);
  }

  /** The structure, and those that took its place. */
  withSuccessors(structure: string): readonly string[] {
    return [structure, ...(this.byOrigin.get(structure) ?? [])];
  }
}

/** The structure that an event is about: it says so, or its stream does. */
export function structureOf({ data, stream }: RecordedEvent): string {
  return (data as { structure?: string }).structure ?? keyOfStream(stream);
}

/** What stands after the family in the name of a stream. */
export function keyOfStream(stream: string): string {
  return decodeURIComponent(stream.slice(stream.indexOf('-') + 1));
}
