import {
  defineService,
  importStructure,
  refusalOfImportedName,
  structureStream,
  type Decision,
  type Event,
} from '#domain';
import type { EventStore } from '#events';
import { actorOf, type Caller } from '../access/caller.js';
import type { Decisions } from '../decisions/decisions.js';
import type { Session } from '../decisions/session.js';
import { identifierOf, streamOf, type ImportedRow } from './imported-rows.js';
import { knownAsImported } from './known-rows.js';

/** A row that was refused, and why: a stable code, a French sentence. */
export interface RefusedRow {
  readonly line: number;
  readonly identifier: string;
  readonly code: string;
  readonly message: string;
}

/** What an import did with a batch of rows. */
export interface ImportOutcome {
  /** What there was not before. */
  readonly created: number;
  /** What differed, and is now as the file says. */
  readonly changed: number;
  /** What was as the file says already. */
  readonly unchanged: number;
  readonly refused: readonly RefusedRow[];
}

/** How many streams are read at once: the pool of connections serves everybody. */
const READ_AT_ONCE = 6;

/**
 * Imports the directory batch by batch (R02, R11, R17). What a batch does depends on the file and on what the directory holds,
 * and on nothing else: no bookmark is kept. So an import that was killed is taken up by running it again, in which what was
 * done counts as unchanged; the same file again changes nothing; and several imports at once end as if one had followed the
 * other.
 */
export class DirectoryImport {
  constructor(
    private readonly decisions: Decisions,
    private readonly store: EventStore,
  ) {}

  /**
   * Imports a batch, in one transaction: the rows in their order, the refused ones left out.
   *
   * @param rows some hundreds at most: each of them can make a few events, of which one append takes 5,000
   * @throws ConcurrencyConflict when others keep writing to the same structures
   */
  async importRows(caller: Caller, rows: readonly ImportedRow[]): Promise<ImportOutcome> {
    const isKnown = await knownAsImported(this.store.pool, rows);
    return this.decisions.decide(caller, async (session) => {
      const pending = rows.filter((row) => !isKnown(row));
      await readAhead(session, pending);
      const decided = new Set<string>();
      const counts = { created: 0, changed: 0, unchanged: 0 };
      const refused: RefusedRow[] = [];
      for (const row of rows) {
        const stream = streamOf(row);
        // What is known of before this batch says nothing any more of what an earlier row of the batch changed.
        if (isKnown(row) && !decided.has(stream)) {
          counts.unchanged += 1;
          continue;
        }
        const { isNew, decision } = await decideRow(session, row, actorOf(caller));
        if (!decision.accepted) {
          const { code, message } = decision;
          refused.push({ line: row.line, identifier: identifierOf(row), code, message });
          continue;
        }
        await session.record(stream, decision);
        decided.add(stream);
        if (decision.events.length === 0) counts.unchanged += 1;
        else if (isNew) counts.created += 1;
        else counts.changed += 1;
      }
      return { ...counts, refused };
    });
  }
}

/** Reads what the rows are about: the streams that exist several at a time, the others in one query. */
async function readAhead(session: Session, rows: readonly ImportedRow[]): Promise<void> {
  await session.foresee([...new Set(rows.flatMap((row) => [structureStream(identifierOf(row)), streamOf(row)]))]);
  for (let from = 0; from < rows.length; from += READ_AT_ONCE)
    await Promise.all(
      rows.slice(from, from + READ_AT_ONCE).map(async (row) => {
        await session.structure(identifierOf(row));
        if (row.kind === 'service') await session.service(row);
      }),
    );
}

async function decideRow(
  session: Session,
  row: ImportedRow,
  by: string,
): Promise<{ isNew: boolean; decision: Decision<Event<string, unknown>> }> {
  const structure = await session.structure(identifierOf(row));
  if (row.kind === 'structure')
    return { isNew: structure.status === 'none', decision: importStructure(structure, row, by) };
  const service = await session.service(row);
  const { structure: owner, code, name, active, commitmentNumber } = row;
  const decision =
    refusalOfImportedName(name) ??
    defineService(service, structure, { structure: owner, code }, { name, active, commitmentNumber });
  return { isNew: service.status === 'none', decision };
}
