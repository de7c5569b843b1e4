import type { FindingSeverity } from '../../finding/catalogue-entry.js';
import type { XmlElement } from '../../xml/element.js';
import { ContextPlans } from './context-plans.js';
import { NotComputable } from './decimal.js';

/** What breaks a rule, when it is more than the context itself. */
export interface Shortfall {
  /** The faulty datum; the context when it is missing. */
  readonly at?: XmlElement | null;
  readonly found?: string | null;
  readonly expected?: string | null;
}

/** One assertion about every element that a context matches. */
export interface Assertion<Facts> {
  readonly rule: string;
  readonly severity: FindingSeverity;
  /** True when the rule holds; false or a {@link Shortfall} when it does not. */
  readonly holds: (element: XmlElement, facts: Facts) => boolean | Shortfall;
}

/** What is asserted about the elements that a pattern of names matches. */
export interface Context<Facts> {
  /**
   * Names from the element outwards, as XSLT match patterns write them: `cac:Party/cbc:EndpointID` matches wherever it stands,
   * `/ubl:Invoice | /cn:CreditNote` from the root only; `*` and `ram:*` stand for any name.
   */
  readonly match: string;
  /** Narrows a pattern whose last step is a wildcard by the local name. */
  readonly named?: (localName: string) => boolean;
  /** Narrows by what the element is or holds. */
  readonly where?: (element: XmlElement) => boolean;
  readonly assertions: readonly Assertion<Facts>[];
  /** Rules that an element breaks by having something; see `absentPaths`. */
  readonly intruders?: (element: XmlElement) => Iterable<Intruder>;
}

/** Something that stands where a rule wants nothing. */
export interface Intruder {
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly at: XmlElement;
}

/** A rule that an element breaks. */
export interface Violation {
  readonly rule: string;
  readonly severity: FindingSeverity;
  /** The element that the rule is about: the context, or the faulty datum in it. */
  readonly at: XmlElement;
  readonly found: string | null;
  readonly expected: string | null;
}

/** The outcome of a rule set on a document. */
export interface RuleSetOutcome {
  readonly violations: readonly Violation[];
  /** Values without which some rule could not be computed: such a document has no verdict and must not pass. */
  readonly notComputable: readonly XmlElement[];
}

/** A named list of contexts in which an element takes only the first that matches it (a pattern of ISO Schematron). */
export interface Pattern<Facts> {
  readonly name: string;
  readonly contexts: readonly Context<Facts>[];
}

/**
 * Rules over the elements of a document, compiled for one walk: every element is looked up by its name once, and costs
 * nothing when no rule is about it.
 */
export class RuleSet<Facts> {
  readonly #plans: ContextPlans<Facts>;

  /**
   * @param name stable name of the set with its version
   * @param patterns the rules; within one pattern an element takes the first context that matches it
   * @param prepare computes once per document what several rules need
   */
  constructor(
    readonly name: string,
    readonly patterns: readonly Pattern<Facts>[],
    private readonly prepare: (root: XmlElement) => Facts,
  ) {
    this.#plans = new ContextPlans(patterns);
  }

  /**
   * Judges a document: every broken rule once for each element that breaks it, in document order.
   *
   * @param most violations after which no more are kept, but for the first fatal one: a hostile document breaks a rule in each
   *   of a million elements, and the verdict still counts
   */
  judge(root: XmlElement, most = Infinity): RuleSetOutcome {
    const outcome = new Outcome(most);
    const facts = this.prepare(root);
    const visit = (element: XmlElement): void => {
      for (const context of this.#plans.contextsOf(element)) apply(context, element, facts, outcome);
      for (const child of element.children) visit(child);
    };
    visit(root);
    return { violations: outcome.violations, notComputable: [...outcome.notComputable] };
  }
}

class Outcome {
  readonly violations: Violation[] = [];
  readonly notComputable = new Set<XmlElement>();
  #fatal = false;

  constructor(private readonly most: number) {}

  add(violation: Violation): void {
    const { violations, most } = this;
    if (violations.length >= most && (this.#fatal || violation.severity !== 'fatal')) return;
    this.#fatal ||= violation.severity === 'fatal';
    violations.push(violation);
  }

  cannotCompute(element: XmlElement): void {
    if (this.notComputable.size < this.most) this.notComputable.add(element);
  }
}

function apply<Facts>(context: Context<Facts>, element: XmlElement, facts: Facts, outcome: Outcome): void {
  for (const { rule, severity, holds } of context.assertions) {
    try {
      const verdict = holds(element, facts);
      if (verdict === true) continue;
      const { at = null, found = null, expected = null } = verdict === false ? {} : verdict;
      outcome.add({ rule, severity, at: at ?? element, found, expected });
    } catch (error) {
      if (!(error instanceof NotComputable)) throw error;
      outcome.cannotCompute(error.element);
    }
  }
  for (const { rule, severity, at } of context.intruders?.(element) ?? []) {
    outcome.add({ rule, severity, at, found: at.name.written, expected: null });
  }
}
