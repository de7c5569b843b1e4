import {
  evolveConnection,
  evolveFlow,
  evolveRejectDays,
  evolveStructure,
  noConnection,
  noDayClosed,
  noFlow,
  noStructure,
  REJECT_DAYS_STREAM,
  type Event,
} from '#domain';

/** How the events of a stream become a state, for whoever replays it. */
export interface ReplayedAggregate {
  readonly initial: unknown;
  readonly evolve: (state: unknown, event: Event<string, unknown>) => unknown;
}

/** A family of streams. The events of a stream are those of its family: whoever wrote them went through its decider. */
function family<State, E>(initial: State, evolve: (state: State, event: E) => State): ReplayedAggregate {
  return { initial, evolve: (state, event) => evolve(state as State, event as E) };
}

const FAMILIES: readonly (readonly [prefix: string, ReplayedAggregate])[] = [
  [REJECT_DAYS_STREAM, family(noDayClosed, evolveRejectDays)],
  ['flow-CPP', family(noFlow, evolveFlow)],
  ['structure-', family(noStructure, evolveStructure)],
  ['connection-', family(noConnection, evolveConnection)],
];

/** Streams of one or a few facts, such as an integrated invoice: the state is what the last one says. */
const lastFact: ReplayedAggregate = { initial: null, evolve: (_, { type, data }) => ({ type, data }) };

/** How to replay a stream, by its name. */
export function aggregateOf(stream: string): ReplayedAggregate {
  return FAMILIES.find(([prefix]) => stream.startsWith(prefix))?.[1] ?? lastFact;
}
