import {
  accept,
  accountStream,
  erasePerson,
  membershipStream,
  type MembershipEvent,
  type MembershipKey,
  type StructureEvent,
} from '#domain';
import { type Checkpoint, type EventStore } from '#events';
import { directoryProjection, forgetPerson } from '#persistence';
import { actingAs, type Caller } from '../access/caller.js';
import type { Decisions } from '../decisions/decisions.js';
import type { Session } from '../decisions/session.js';
import { accountOf } from '../identity/account-streams.js';

/** What makes somebody the primary manager of a structure. */
const NAMING = ['StructureRegistered', 'PrimaryManagerNamed', 'StructureDuplicated'] as const;
type Naming = Extract<StructureEvent, { type: (typeof NAMING)[number] }>;

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
    const by = actingAs(caller);
    await this.decisions.decide(caller, async (session) => {
      const state = await accountOf(session, account);
      const decided = await session.record(
        accountStream(account),
        erasePerson(state, await this.managedBy(account, session)),
      );
      if (decided.length > 0) await this.leaveStructures(account, by, session);
    });
    await forgetPerson(account, this.store.pool);
  }

  /**
   * The active structures whose primary manager the person is: those that the read model names, those of the events that it
   * has not seen yet, and what took their place. Each is read from the log, so it cannot change before the erasure is
   * recorded; and whoever creates or takes over a structure reads the account, so no other can come to it either.
   */
  private async managedBy(account: string, session: Session): Promise<readonly string[]> {
    const { rows } = await this.store.pool.query<{ identifier: string }>(
      'SELECT identifier FROM read.structures WHERE primary_manager = $1',
      [account],
    );
    const managed = new Set<string>();
    for (const candidate of [...rows.map(({ identifier }) => identifier), ...(await this.namedLately(account))])
      for (let next: string | null = candidate; next !== null;) {
        const structure = await session.structure(next);
        if (structure.status === 'active' && structure.primaryManager === account) managed.add(next);
        next = structure.status === 'deactivated' ? structure.successor : null;
      }
    return [...managed].sort();
  }

  /** Structures to which the person was named in events that the read model of structures has yet to see. */
  private async namedLately(account: string): Promise<readonly string[]> {
    const { rows } = await this.store.pool.query<{ transaction: string; position: string }>(
      'SELECT xid::text AS transaction, position FROM es.subscriptions WHERE name = $1',
      [directoryProjection.name],
    );
    const [seen] = rows;
    let after: Checkpoint | null =
      seen === undefined ? null : { transaction: seen.transaction, position: Number(seen.position) };
    const named: string[] = [];
    for (;;) {
      const page = await this.store.readAll({ after, types: NAMING });
      if (page.events.length === 0) return named;
      for (const { stream, type, data } of page.events) {
        const naming = { type, data } as Naming;
        const who =
          naming.type === 'StructureRegistered'
            ? naming.data.primaryManager
            : naming.type === 'PrimaryManagerNamed'
              ? naming.data.account
              : null;
        if (who === account) named.push(decodeURIComponent(stream.slice(stream.indexOf('-') + 1)));
      }
      after = page.checkpoint;
    }
  }

  /** Nobody is left in the lists of a structure whom nobody can name. */
  private async leaveStructures(account: string, by: string, session: Session): Promise<void> {
    const { rows } = await this.store.pool.query<{ structure: string }>(
      'SELECT structure FROM read.memberships JOIN read.structures ON identifier = structure WHERE account = $1 AND active',
      [account],
    );
    for (const { structure } of rows) {
      const key: MembershipKey = { structure, account };
      const { status } = await session.membership(key);
      if (status === 'none') continue;
      const deleted: MembershipEvent = { type: 'AuthorisationDeleted', data: { ...key, by } };
      await session.record(membershipStream(key), accept(deleted));
    }
  }
}
