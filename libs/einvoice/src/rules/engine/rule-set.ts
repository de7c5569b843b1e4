import type { XmlElement } from '../../xml/element.js';
import { ContextPlans, type Batch, type Candidate, type Judging } from './context-plans.js';
import { NotComputable } from './decimal.js';
import { PlannedWalk } from './planned-walk.js';
import type { Assertion, Pattern, RuleSetOutcome, Shortfall, Violation } from './rule.js';

export type * from './rule.js';
export { onlyWhen } from './rule.js';

/**
 * Rules over the elements of a document, compiled for one walk that passes over elements no rule is about. Most rules ask
 * whether something is present, or absent, or how often it stands there; these are judged once for each structure and then
 * never again, which halved the time of judging.
 */
export class RuleSet<Facts> {
  readonly #walk: PlannedWalk<Judging<Facts>>;

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
    const plans = new ContextPlans(patterns);
    this.#walk = new PlannedWalk((element, place) => plans.judgingOf(element, place));
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
    this.#walk.walk(root, (judging, element) => {
      for (const candidates of judging) judgeBy(firstMatch(candidates, element), element, facts, outcome);
    });
    return { violations: outcome.violations, notComputable: [...outcome.notComputable] };
  }
}

/** The context of a pattern that an element takes; null when none matches it. */
function firstMatch<Facts>(candidates: readonly Candidate<Facts>[], element: XmlElement): Candidate<Facts> | null {
  for (const candidate of candidates) if (candidate.where === null || candidate.where(element)) return candidate;
  return null;
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

function judgeBy<Facts>(candidate: Candidate<Facts> | null, element: XmlElement, facts: Facts, outcome: Outcome): void {
  if (candidate === null) return;
  const { batches, intruders } = candidate;
  for (const { when, assertions } of batches) {
    if (when !== null && !isAsked(when, element, facts, outcome)) continue;
    for (const assertion of assertions) {
      try {
        const verdict = assertion.holds(element, facts);
        if (verdict !== true) outcome.add(violationOf(assertion, verdict, element));
      } catch (error) {
        noteNotComputable(error, outcome);
      }
    }
  }
  if (intruders === null) return;
  for (const { rule, severity, at } of intruders.of(element)) {
    outcome.add({ rule, severity, at, found: at.name.written, expected: null });
  }
}

function isAsked<Facts>(
  when: NonNullable<Batch<Facts>['when']>,
  element: XmlElement,
  facts: Facts,
  outcome: Outcome,
): boolean {
  try {
    return when(element, facts);
  } catch (error) {
    noteNotComputable(error, outcome);
    return false;
  }
}

function noteNotComputable(error: unknown, outcome: Outcome): void {
  if (!(error instanceof NotComputable)) throw error;
  outcome.cannotCompute(error.element);
}

function violationOf<Facts>(
  { rule, severity }: Assertion<Facts>,
  verdict: false | Shortfall,
  element: XmlElement,
): Violation {
  const { at = null, found = null, expected = null } = verdict === false ? {} : verdict;
  return { rule, severity, at: at ?? element, found, expected };
}
