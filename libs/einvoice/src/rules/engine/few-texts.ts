/** So many are compared one by one; a hostile document has any number of them. */
const mostCompared = 16;

/**
 * A set of mostly one or two texts: an invoice has few codes of each kind. Forty sets of the language for each invoice took
 * longer to make than to be asked.
 */
export class FewTexts {
  readonly #few: string[] = [];
  #many: Set<string> | null = null;

  /** Whether it holds a text. */
  has(text: string): boolean {
    return this.#many === null ? this.#few.includes(text) : this.#many.has(text);
  }

  /** Puts a text in. */
  add(text: string): void {
    if (this.has(text)) return;
    this.#few.push(text);
    if (this.#many !== null) this.#many.add(text);
    else if (this.#few.length > mostCompared) this.#many = new Set(this.#few);
  }

  /** The first text that is another than this one; undefined when there is none. */
  otherThan(text: string): string | undefined {
    return this.#few.find((one) => one !== text);
  }
}
