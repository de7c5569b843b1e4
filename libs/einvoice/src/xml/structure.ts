/**
 * What invoices repeat without bound. The element around them is of one structure whatever stands in them: otherwise hardly
 * two invoices would have a root of the same structure.
 */
export const lineNames: ReadonlySet<string> = new Set([
  'InvoiceLine',
  'CreditNoteLine',
  'IncludedSupplyChainTradeLineItem',
]);

/** Of equal structures in a row so many count: no rule tells more of them apart. */
export const mostInRow = 3;

/**
 * The names of an element, of its attributes and of all that is in it, as one object that every element so built shares. What
 * depends on names alone (whether something is present, how often, whether something stands where nothing may) is found out
 * once for a structure and remembered with it: suppliers send the same structures again and again.
 */
export class Structure {
  /** What a structure becomes by one more attribute (its name) or child (its structure). */
  readonly #next = new Map<string | Structure, Structure>();
  readonly #remembered = new Map<object, unknown>();
  #lastPart: string | Structure | null = null;
  #lastNext: Structure | null = null;
  /** What the structure around this one sees of it. */
  readonly asChild: Structure;
  /** Whether no two children have the same name; null until `namesChildrenOnce` finds out. */
  childNamesOnce: boolean | null = null;

  /**
   * @param bare the structure of the same name without attributes and children; null for that one itself
   * @param isLine whether elements of that name are of {@link lineNames}
   */
  constructor(bare: Structure | null, isLine: boolean) {
    this.asChild = isLine && bare !== null ? bare.asChild : this;
  }

  /** The structure with one more part; undefined when no document had it so far. */
  with(part: string | Structure): Structure | undefined {
    // Most elements go on like the last one of their kind: comparing is quicker than looking up.
    if (part === this.#lastPart && this.#lastNext !== null) return this.#lastNext;
    const next = this.#next.get(part);
    if (next !== undefined) {
      this.#lastPart = part;
      this.#lastNext = next;
    }
    return next;
  }

  /** Makes known what the structure becomes by one more part. */
  add(part: string | Structure, next: Structure): void {
    this.#next.set(part, next);
  }

  /** What was remembered of the structure for someone; undefined when nothing was. */
  recall(by: object): unknown {
    return this.#remembered.get(by);
  }

  /** Remembers something that follows from the structure alone. */
  remember(by: object, what: unknown): void {
    this.#remembered.set(by, what);
  }
}
