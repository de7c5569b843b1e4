/** Something in the log that is not as it was recorded. */
export interface VerifyProblem {
  kind:
    | 'event-changed'
    | 'event-missing'
    | 'event-inserted'
    | 'events-moved'
    | 'seal-changed'
    | 'seal-chain-broken'
    | 'seal-not-as-published'
    | 'stream-broken';
  /** The first position concerned; for a missing event, that of the event that now stands in its place. */
  position?: number;
  transaction?: string;
  /** The seal that proves it. */
  seal?: number;
  stream?: string;
  /** For people. */
  detail: string;
}
