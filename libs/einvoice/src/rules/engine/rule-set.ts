import type { XmlElement } from '../../xml/element.js';
import { structureOf } from '../../xml/structure-of.js';
import { ContextPlans, firstMatch } from './context-plans.js';
import { NotComputable } from './decimal.js';
import type { Assertion, Context, Intruders, Pattern, RuleSetOutcome, Shortfall, Violation } from './rule.js';

export type * from './rule.js';

/** What is left to judge of a context once the structure of an element is known. */
interface Remainder<Facts> {
  readonly assertions: readonly Assertion<Facts>[];
  readonly intruders: Intruders | null;
}

/**
 * Rules over the elements of a document, compiled for one walk: every element is looked up by its name once, and costs
 * nothing when no rule is about it. Most rules ask whether something is present, or absent, or how often it stands there;
 * these are judged once for each structure and then never again, which halved the time of judging.
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
