import type { Value } from '../model/value.js';
import type { LocatedValue } from './terms.js';

/**
 * A term whose XPath and line are worked out when they are asked for: those of twenty terms cost more than reading the
 * document did, and most are never complained about. It holds on to the document; see `plainTerms` for what crosses threads.
 */
export class PlacedTerm implements LocatedValue {
  readonly value: string;
  readonly #at: Value;

  constructor(at: Value) {
    this.value = at.value;
    this.#at = at;
  }

  get location(): string {
    return this.#at.location;
  }

  get line(): number {
    return this.#at.line;
  }

  /** Plain data, for `JSON.stringify` and for what is stored. */
  toJSON(): LocatedValue {
    const { value, location, line } = this;
    return { value, location, line };
  }
}
