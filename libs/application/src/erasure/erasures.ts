import {
  accept,
  accountStream,
  erasePerson,
  membershipStream,
  type MembershipEvent,
  type MembershipKey,
  type StructureEvent,
} from '#domain';
import type { EventStore } from '#events';
import { directoryProjection, forgetPerson, keyOfStream, peopleProjection, progressOf } from '#persistence';
import type { PoolClient } from 'pg';
import { actingAs, type Caller } from '../access/caller.js';
import type { Decisions } from '../decisions/decisions.js';
import type { Session } from '../decisions/session.js';
import { accountOf } from '../identity/account-streams.js';

/** What makes somebody the primary manager of a structure, or one of its people. */
const NAMING = ['StructureRegistered', 'PrimaryManagerNamed', 'UserAttached', 'AttachmentRequested'] as const;
type Naming = Extract<StructureEvent | MembershipEvent, { type: (typeof NAMING)[number] }>;

/**
 * Erases people (decision 0009): the log keeps its bytes and its seals, and nobody reads any more who the person was.
 *
 * The event comes first, then the key is destroyed. A crash in between leaves an event that says what must be done, and
 * `erasuresProjection` does it; the other way round it would leave data that nobody can read and nothing that says why.
 */
export class Erasures {
  constructor(
    private readonly store: EventStore,
    private readonly decisions: Decisions,
  ) {}

  /**
   * Erases a person: deactivates the account, takes its authorisations away, destroys the key, ends sessions and links. Doing
   * it again finishes what was not finished.
   *
   * The login stays taken by its digest, which nobody can turn into an address again without the platform's secret: what the
   * log says the account did must never become somebody else's doing.
   *
   * @throws CommandRefused (`COM-050`, `COM-051`)
   */
  async erase(caller: Caller, account: string): Promise<void> {
    let known: ReadonlySet<string> = new Set();
    const work = async (session: Session): Promise<void> => {
      known = await this.structuresOf(account);
      const state = await accountOf(session, account);
      const decided = await session.record(
        accountStream(account),
        erasePerson(state, await managedAmong(known, account, session)),
      );
      if (decided.length > 0) await leaveStructures(known, account, session);
    };
    // Whoever names the person in a structure reads the account and does not write it, so that can have been recorded since
    // `work` looked. Once the account is written nothing more can come, and what did come is seen.
    const stillTrue = async (tx: PoolClient): Promise<boolean> =>
      [...(await this.structuresOf(account, tx))].every((structure) => known.has(structure));
    await this.decisions.decide(caller, work, { stillTrue });
    await forgetPerson(account, this.store.pool);
  }

  /**
   * The structures that the person may be the primary manager or one of the people of: those that the read models name, and
   * those of the events that the read models have not seen yet.
   */
  private async structuresOf(account: string, tx?: PoolClient): Promise<ReadonlySet<string>> {
    const on = tx ?? this.store.pool;
    const after = await progressOf([directoryProjection, peopleProjection], on);
    const { rows } = await on.query<{ structure: string }>(
      `SELECT identifier AS structure FROM read.structures WHERE primary_manager = $1
       UNION SELECT structure FROM read.memberships WHERE account = $1`,
      [account],
    );
    const structures = new Set(rows.map(({ structure }) => structure));
    for await (const { stream, type, data } of this.store.readCommitted({ after, types: NAMING, ...(tx && { tx }) })) {
      const naming = { type, data } as Naming;
      if (naming.type === 'StructureRegistered') {
        if (naming.data.primaryManager === account) structures.add(naming.data.identifier);
      } else if (naming.data.account === account)
        structures.add(naming.type === 'PrimaryManagerNamed' ? keyOfStream(stream) : naming.data.structure);
    }
    return structures;
  }
}

/** Which of some structures, or of what took their place, are active and have the person as primary manager. */
async function managedAmong(
  structures: Iterable<string>,
  account: string,
  session: Session,
): Promise<readonly string[]> {
  const managed = new Set<string>();
  for (const identifier of structures)
    for (let next: string | null = identifier; next !== null;) {
      const structure = await session.structure(next);
      if (structure.status === 'active' && structure.primaryManager === account) managed.add(next);
      next = structure.status === 'deactivated' ? structure.successor : null;
    }
  return [...managed].sort();
}

/** Nobody is left in the lists of a structure whom nobody can name. */
async function leaveStructures(structures: Iterable<string>, account: string, session: Session): Promise<void> {
  const by = actingAs(session.caller);
  for (const structure of structures) {
    const key: MembershipKey = { structure, account };
    if ((await session.structure(structure)).status !== 'active') continue;
    if ((await session.membership(key)).status === 'none') continue;
    const deleted: MembershipEvent = { type: 'AuthorisationDeleted', data: { ...key, by } };
    await session.record(membershipStream(key), accept(deleted));
  }
}
