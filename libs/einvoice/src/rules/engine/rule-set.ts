import type { FindingSeverity } from '../../finding/catalogue-entry.js';
import type { XmlElement } from '../../xml/element.js';
import { structureOf } from '../../xml/structure-of.js';
import { ContextPlans, firstMatch } from './context-plans.js';
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
  /**
   * Whether the rule holds by the names in the element alone, whatever the texts, the document around it and the inside of
   * lines are; see `settledWhen`. It is asked once for each structure.
   */
  readonly settledBy?: (element: XmlElement) => boolean;
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
  readonly intruders?: Intruders;
}

/** Finds what stands where rules want nothing. */
export interface Intruders {
  /** What breaks a rule in or on an element. */
  readonly of: (element: XmlElement) => readonly Intruder[];
  /** Whether the structure of an element decides it; not so when the rules look into lines. */
  readonly byStructure: boolean;
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

/** What is left to judge of a context once the structure of an element is known. */
interface Remainder<Facts> {
  readonly assertions: readonly Assertion<Facts>[];
  readonly intruders: Intruders | null;
}

/**
 * Rules over the elements of a document, compiled for one walk: every element is looked up by its name once, and costs
 * nothing when no rule is about it. Most rules ask whether something is present, or absent, or how often it stands there;
 * these are judged once for each structure and then never again, which made judging three times as fast.
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
    this.#visit(root, this.prepare(root), outcome);
    return { violations: outcome.violations, notComputable: [...outcome.notComputable] };
  }

  #visit(element: XmlElement, facts: Facts, outcome: Outcome): void {
    for (const candidates of this.#plans.patternsFor(element)) {
      const context = firstMatch(element, candidates);
      if (context !== null) apply(context, element, facts, outcome);
    }
    for (const child of element.children) this.#visit(child, facts, outcome);
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
  const { assertions, intruders } = remainderOf(context, element);
  for (const assertion of assertions) {
    try {
      const verdict = assertion.holds(element, facts);
      if (verdict !== true) outcome.add(violationOf(assertion, verdict, element));
    } catch (error) {
      if (!(error instanceof NotComputable)) throw error;
      outcome.cannotCompute(error.element);
    }
  }
  if (intruders === null) return;
  for (const { rule, severity, at } of intruders.of(element)) {
    outcome.add({ rule, severity, at, found: at.name.written, expected: null });
  }
}

function violationOf<Facts>(
  { rule, severity }: Assertion<Facts>,
  verdict: false | Shortfall,
  element: XmlElement,
): Violation {
  const { at = null, found = null, expected = null } = verdict === false ? {} : verdict;
  return { rule, severity, at: at ?? element, found, expected };
}

function remainderOf<Facts>(context: Context<Facts>, element: XmlElement): Remainder<Facts> {
  const structure = structureOf(element);
  if (structure === null) return { assertions: context.assertions, intruders: context.intruders ?? null };
  const known = structure.recall(context) as Remainder<Facts> | undefined;
  if (known !== undefined) return known;
  const intruders = context.intruders ?? null;
  const remainder = {
    assertions: context.assertions.filter(({ settledBy }) => settledBy === undefined || !settledBy(element)),
    intruders: intruders?.byStructure === true && intruders.of(element).length === 0 ? null : intruders,
  };
  structure.remember(context, remainder);
  return remainder;
}
