import { type Aggregate, type Decision, type Event } from '#domain';
import { ConcurrencyConflict, type AppendContext, type EventStore } from '#events';

/** A decider said no. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface Loaded<State> {
  readonly state: State;
  /** Version of the stream, 0 when it does not exist. */
  readonly version: number;
}

const ATTEMPTS = 5;

/** Loads a stream, lets a pure function decide, appends with the version that was read, and tries again on a lost race. */
export class Deciders {
  constructor(private readonly store: EventStore) {}

  /** State and version of a stream; the initial state and 0 when there is none. */
  async load<State, E extends Event<string, unknown>>(
    aggregate: Aggregate<State, E>,
    stream: string,
  ): Promise<Loaded<State>> {
    // The version first: an event that comes in between is then seen by the state and not by the version, and the append
    // that follows loses the race, as it must. The other way round it would be overwritten unseen.
    const version = (await this.store.streamVersions([stream])).get(stream) ?? 0;
    let state = aggregate.initial;
    if (version === 0) return { state, version };
    for await (const recorded of this.store.readStream(stream, { exceptTypes: aggregate.ignoredTypes ?? [] }))
      state = aggregate.evolve(state, { type: recorded.type, data: recorded.data } as E);
    return { state, version };
  }

  /**
   * Decides on a stream and records what was decided.
   *
   * @returns the events recorded, empty when the command asked for what is already so
   * @throws CommandRefused when the decider refuses
   * @throws ConcurrencyConflict when the race was lost five times in a row
   */
  async decide<State, E extends Event<string, unknown>>(
    aggregate: Aggregate<State, E>,
    stream: string,
    context: AppendContext,
    decision: (state: State) => Decision<E>,
  ): Promise<readonly E[]> {
    for (let attempt = 1; ; attempt += 1) {
      const { state, version } = await this.load(aggregate, stream);
      const decided = decision(state);
      if (!decided.accepted) throw new CommandRefused(decided.code, decided.message);
      if (decided.events.length === 0) return [];
      try {
        await this.store.append(stream, version === 0 ? 'none' : version, [...decided.events], context);
        return decided.events;
      } catch (error) {
        if (!(error instanceof ConcurrencyConflict) || attempt >= ATTEMPTS) throw error;
      }
    }
  }
}
