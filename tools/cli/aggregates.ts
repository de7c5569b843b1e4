import { aggregates, evolveRejectDays, noDayClosed, REJECT_DAYS_STREAM, type Event } from '#domain';

/** How the events of a stream become a state, for whoever replays it. */
export interface ReplayedAggregate {
  readonly initial: unknown;
  readonly evolve: (state: unknown, event: Event<string, unknown>) => unknown;
}

/** A family of streams. The events of a stream are those of its family: whoever wrote them went through its decider. */
function replayed<State, E>({
  initial,
  evolve,
}: {
  readonly initial: State;
  readonly evolve: (state: State, event: E) => State;
}): ReplayedAggregate {
  return { initial, evolve: (state, event) => evolve(state as State, event as E) };
}

const FAMILIES: readonly (readonly [prefix: string, ReplayedAggregate])[] = [
  [REJECT_DAYS_STREAM, replayed({ initial: noDayClosed, evolve: evolveRejectDays })],
  ...Object.values(aggregates).map(
    (family) => [family.prefix, replayed(family as Parameters<typeof replayed>[0])] as const,
  ),
];

/** Streams of one or a few facts: the state is what the last one says. */
const lastFact: ReplayedAggregate = { initial: null, evolve: (_, { type, data }) => ({ type, data }) };

/** How to replay a stream, by its name. */
export function aggregateOf(stream: string): ReplayedAggregate {
  return FAMILIES.find(([prefix]) => stream.startsWith(prefix))?.[1] ?? lastFact;
}
