/**
 * What a decider answers: the events to record, or a refusal with a stable code. A refusal is a normal answer, not an
 * exception; whoever asked turns it into a problem document or a reject.
 */
export type Decision<E> = Accepted<E> | Refused;

export interface Accepted<E> {
  readonly accepted: true;
  readonly events: readonly E[];
}

export interface Refused {
  readonly accepted: false;
  /** Stable code (`FLX-002`), documented beside the decider that gives it. */
  readonly code: string;
  /** What a person needs to understand the refusal, in French. */
  readonly message: string;
}

/** Accepts with these events; none means that the command asks for what is already so. */
export function accept<E>(...events: readonly E[]): Accepted<E> {
  return { accepted: true, events };
}

/** Refuses with a stable code and a French sentence that says why. */
export function refuse(code: string, message: string): Refused {
  return { accepted: false, code, message };
}

/** Makes a `switch` over a union exhaustive: a new member does not compile until it is handled. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
