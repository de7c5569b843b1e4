import {
  aggregates,
  isCarriedOver,
  judgeAccess,
  membershipStream,
  personStanding,
  serviceStream,
  structureStream,
  type Action,
  type Aggregate,
  type Decision,
  type Event,
  type Membership,
  type MembershipKey,
  type Service,
  type ServiceKey,
  type Standing,
  type Structure,
  type StructureEvent,
} from '#domain';
import type { EventStore, RecordedEvent, StreamAppend } from '#events';
import type { PersonalDataVault } from '#persistence';
import { AccessRefused } from '../access/access-refused.js';
import type { Caller } from '../access/caller.js';
import { CommandRefused } from '../shared/deciders.js';

type AnyEvent = Event<string, unknown>;

/** What is known of one stream in one session. */
interface Read {
  readonly version: number;
  readonly past: readonly AnyEvent[];
  readonly decided: AnyEvent[];
}

/**
 * One attempt at a decision: what it read, and what it decided. A stream is read once; what was decided in the session
 * counts for what the session reads afterwards.
 */
export class Session {
  private readonly reads = new Map<string, Read>();

  /** @internal Made by `Decisions`. */
  constructor(
    private readonly store: EventStore,
    private readonly vault: PersonalDataVault,
    readonly caller: Caller,
  ) {}

  /** State of a stream of its own; the initial state when there is none. */
  async load<State, E extends AnyEvent>(aggregate: Aggregate<State, E>, stream: string): Promise<State> {
    const { past, decided } = await this.read(stream);
    return fold(aggregate, aggregate.initial, [...past, ...decided]);
  }

  /**
   * A structure, or none. One that took another's place by a change of SIRET starts from what it carries over (R16).
   */
  async structure(identifier: string): Promise<Structure> {
    const stream = structureStream(identifier);
    return this.along(aggregates.structure, await this.originsOf(identifier), structureStream, stream);
  }

  /** A person's membership of a structure, with what it carries over from the structures that this one replaced (R16). */
  async membership({ structure, account }: MembershipKey): Promise<Membership> {
    const streamOn = (identifier: string): string => membershipStream({ structure: identifier, account });
    return this.along(aggregates.membership, await this.originsOf(structure), streamOn, streamOn(structure));
  }

  /** A service of a structure, with what it carries over from the structures that this one replaced (R16). */
  async service({ structure, code }: ServiceKey): Promise<Service> {
    const streamOn = (identifier: string): string => serviceStream({ structure: identifier, code });
    return this.along(aggregates.service, await this.originsOf(structure), streamOn, streamOn(structure));
  }

  /**
   * Looks at many streams at once, in one query: those that do not exist need no reading of their own. For bulk commands,
   * most of whose objects are new.
   */
  async foresee(streams: readonly string[]): Promise<void> {
    const unknown = streams.filter((stream) => !this.reads.has(stream));
    const versions = await this.store.streamVersions(unknown);
    for (const stream of unknown)
      if (!versions.has(stream) && !this.reads.has(stream))
        this.reads.set(stream, { version: 0, past: [], decided: [] });
  }

  /** Who the caller is for a structure; on one that was replaced, who the caller is for the one that took its place. */
  async standing(identifier: string): Promise<Standing> {
    const { caller } = this;
    if (caller.kind === 'operator') return { kind: 'operator' };
    // The machines of a structure that was replaced keep what they had on it.
    if (caller.kind === 'connection' && caller.connection.structure === identifier)
      return { kind: 'connection', own: true };
    const structure = await this.living(identifier);
    const place = structure.status === 'none' ? identifier : structure.identifier;
    if (caller.kind === 'connection') return { kind: 'connection', own: caller.connection.structure === place };
    const { account } = caller;
    return personStanding(structure, account, await this.membership({ structure: place, account }));
  }

  /**
   * The structure whose people and machines have rights on a structure: itself, or the one at the end of its changes of SIRET.
   * What was issued or received before is read and processed by the people of now, not by those who have left since (R16).
   */
  async living(identifier: string): Promise<Structure> {
    const structure = await this.structure(identifier);
    if (structure.status !== 'deactivated' || structure.successor === null) return structure;
    const successor = await this.structure(structure.successor);
    const tookItsPlace = successor.status !== 'none' && successor.origins.includes(identifier);
    return tookItsPlace ? this.living(structure.successor) : structure;
  }

  /**
   * Asks the policy whether the caller may do this on a structure, or on one of its services.
   *
   * @returns the structure, which may be deactivated
   * @throws AccessRefused, also when there is no such structure
   */
  async authorise(
    action: Action,
    identifier: string,
    service: string | null = null,
  ): Promise<Exclude<Structure, { status: 'none' }>> {
    const verdict = judgeAccess(action, await this.standing(identifier), service);
    if (verdict !== 'allowed') throw new AccessRefused(verdict);
    const structure = await this.structure(identifier);
    if (structure.status === 'none') throw new AccessRefused('not-found');
    return structure;
  }

  /**
   * Takes what a decider answered for a stream.
   *
   * @throws CommandRefused when it refused
   */
  async record<E extends AnyEvent>(stream: string, decision: Decision<E>): Promise<readonly E[]> {
    if (!decision.accepted) throw new CommandRefused(decision.code, decision.message);
    const { decided } = await this.read(stream);
    decided.push(...decision.events);
    return decision.events;
  }

  /** What is to be recorded, and what must not have moved meanwhile. */
  outcome(): { appends: StreamAppend[]; unchanged: { stream: string; version: number }[] } {
    const all = [...this.reads].map(([stream, read]) => ({ stream, ...read }));
    return {
      appends: all
        .filter(({ decided }) => decided.length > 0)
        .map(({ stream, version, decided }) => ({ stream, expected: version, events: decided })),
      unchanged: all.filter(({ decided }) => decided.length === 0).map(({ stream, version }) => ({ stream, version })),
    };
  }

  /** The structures that a structure goes back to, as its first event tells. */
  private async originsOf(identifier: string): Promise<readonly string[]> {
    const { past, decided } = await this.read(structureStream(identifier));
    const first = (past[0] ?? decided[0]) as StructureEvent | undefined;
    return first?.type === 'StructureDuplicated' ? first.data.origins : [];
  }

  private async along<State, E extends AnyEvent>(
    aggregate: Aggregate<State, E>,
    origins: readonly string[],
    streamOn: (identifier: string) => string,
    stream: string,
  ): Promise<State> {
    let state = aggregate.initial;
    for (const origin of origins) {
      const { past, decided } = await this.read(streamOn(origin));
      state = fold(
        aggregate,
        state,
        [...past, ...decided].filter(({ type }) => isCarriedOver(type)),
      );
    }
    const { past, decided } = await this.read(stream);
    return fold(aggregate, state, [...past, ...decided]);
  }

  private async read(stream: string): Promise<Read> {
    const known = this.reads.get(stream);
    if (known !== undefined) return known;
    const events: RecordedEvent[] = [];
    for await (const event of this.store.readStream(stream)) events.push(event);
    const past = (await this.vault.open(events)).map(({ type, data }) => ({ type, data }));
    const read = { version: events.at(-1)?.version ?? 0, past, decided: [] };
    // Somebody may have read it meanwhile in the same session: one reading counts, or what was decided would be lost.
    const first = this.reads.get(stream) ?? read;
    this.reads.set(stream, first);
    return first;
  }
}

function fold<State, E extends AnyEvent>(
  { evolve }: Aggregate<State, E>,
  initial: State,
  events: readonly AnyEvent[],
): State {
  return (events as readonly E[]).reduce(evolve, initial);
}
