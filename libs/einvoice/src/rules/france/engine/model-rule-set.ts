import type { FindingSeverity } from '../../../finding/catalogue-entry.js';
import type { Invoice } from '../../../model/invoice.js';
import type { Breach, JudgingFacts, ModelRule } from './model-rule.js';

/** A rule that an invoice breaks, as plain data. */
export interface ModelViolation {
  readonly rule: string;
  readonly severity: FindingSeverity;
  /** Absolute XPath of the faulty datum; null when it is the document as a whole. */
  readonly location: string | null;
  readonly line: number | null;
  readonly found: string | null;
  readonly expected: string | null;
  /** Values of the `{names}` of the rule's French sentence: `term`, when the rule is about several terms. */
  readonly values: Readonly<Record<string, string>>;
}

const noValues: Readonly<Record<string, string>> = Object.freeze({});

/** Rules over the semantic model under one stable name, which carries the version. */
export class ModelRuleSet<Facts = JudgingFacts, Subject = Invoice> {
  /**
   * @param name stable name with its version, e.g. `afnor-2025-11`
   * @throws Error when two rules of the set have one id: their breaches could not be told apart
   */
  constructor(
    readonly name: string,
    readonly rules: readonly ModelRule<Facts, Subject>[],
  ) {
    const ids = rules.map(({ rule }) => rule);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined) throw new Error(`Two rules ${twice} in ${name}`);
  }

  /** Judges an invoice: every broken rule, once for each place where it is broken, in the order of the set (R43). */
  judge(subject: Subject, facts: Facts): ModelViolation[] {
    return this.judgeAll([{ subject, facts }])[0] ?? [];
  }

  /**
   * Judges several invoices, each as by {@link judge}. Each rule is asked of all of them before the next one, while its code is
   * in the caches of the processor.
   */
  judgeAll(judged: readonly { readonly subject: Subject; readonly facts: Facts }[]): ModelViolation[][] {
    const cases = judged.map(({ subject, facts }) => ({ subject, facts, violations: [] as ModelViolation[] }));
    for (const rule of this.rules) {
      for (const { subject, facts, violations } of cases) {
        const broken = rule.breaches(subject, facts);
        if (broken.length > 0) violations.push(...violationsOf(rule, broken));
      }
    }
    return cases.map(({ violations }) => violations);
  }
}

function violationsOf<Facts, Subject>(
  { rule, severity }: ModelRule<Facts, Subject>,
  broken: readonly Breach[],
): ModelViolation[] {
  return broken.map(({ at, term, found = null, expected = null }) => ({
    rule,
    severity,
    location: at?.location ?? null,
    line: at?.line ?? null,
    found,
    expected,
    values: term === undefined ? noValues : { term },
  }));
}
