import type { Decision } from '../shared/decision.js';

/** A decider under test: what its stream holds, what is asked of it, what it answers. */
export interface Specification<State, E> {
  /** What happened before. */
  readonly given: (...events: readonly E[]) => {
    /** What is asked now. */
    readonly when: (decide: (state: State) => Decision<E>) => {
      /** Exactly these events are recorded, and the state takes them. */
      readonly then: (...expected: readonly E[]) => void;
      /** Nothing is recorded: the refusal has this code, and a sentence that ends. */
      readonly refused: (code: string) => void;
    };
  };
}

/**
 * given/when/then for a decider. The past and the outcome are events alone, so a specification says nothing of how the
 * state is kept.
 *
 * @param initial state of a stream that does not exist
 */
export function specification<State, E>(
  initial: State,
  evolve: (state: State, event: E) => State,
): Specification<State, E> {
  return {
    given: (...past) => ({
      when: (decide) => {
        const state = past.reduce(evolve, initial);
        const decision = decide(state);
        return {
          then: (...expected) => {
            expect(decision).toEqual({ accepted: true, events: expected });
            expect(() => expected.reduce(evolve, state)).not.toThrow();
          },
          refused: (code) => {
            expect(decision).toEqual({ accepted: false, code, message: expect.stringMatching(/\.$/) as string });
          },
        };
      },
    }),
  };
}
