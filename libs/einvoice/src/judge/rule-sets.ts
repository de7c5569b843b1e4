import type { FindingSeverity } from '../finding/catalogue-entry.js';
import type { ReadableInvoice } from '../invoice/opened.js';
import type { RuleSet, RuleSetOutcome } from '../rules/engine/rule-set.js';
import { en16931Cii } from '../rules/en16931/cii/index.js';
import { en16931Ubl } from '../rules/en16931/ubl/index.js';
import { chooseRuleSets, describeItself } from '../rules/choice.js';
import { frenchRuleSets, type JudgingFacts, type ModelRuleSet } from '../rules/france/index.js';
import type { XmlElement } from '../xml/element.js';

/** A rule that an invoice breaks, whatever set it comes from; its place is made when it is asked for. */
export interface JudgedViolation {
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly location: string | null;
  readonly line: number | null;
  readonly found: string | null;
  readonly expected: string | null;
  readonly values?: Readonly<Record<string, string>>;
}

/** What a rule set says of an invoice. */
export interface JudgedSet {
  readonly violations: readonly JudgedViolation[];
  /** Values without which a rule could not be computed: the invoice has no verdict and must not pass. */
  readonly notComputable: readonly XmlElement[];
}

/** An invoice, and what rules may know besides it. */
export interface InvoiceWithFacts {
  readonly invoice: ReadableInvoice;
  readonly facts: JudgingFacts;
}

/** A rule set that can be asked for by its name. */
export interface NamedRuleSet {
  /** Stable name with its version, e.g. `en16931-1.3.16`. */
  readonly name: string;
  /** Whether it is of France: what routes an invoice there (the SIRET of a recipient) is asked of no other. */
  readonly french: boolean;
  /**
   * Judges invoices, keeping about `most` violations of each.
   *
   * @returns the outcomes in the order of the invoices
   */
  readonly judgeAll: (invoices: readonly InvoiceWithFacts[], most: number) => JudgedSet[];
}

/** Every set of this library that judges an invoice by itself. Rules that need a directory are the platform's. */
export const ruleSets: readonly NamedRuleSet[] = [
  overElements(en16931Ubl, en16931Cii),
  ...Array.from(frenchRuleSets.values(), overModel),
];

const byName: ReadonlyMap<string, NamedRuleSet> = new Map(ruleSets.map((set) => [set.name, set]));

/**
 * The sets that judge an invoice when none is asked for, in their order.
 *
 * @param interfaceCode the interface that brought it; null for a file that came by none
 */
export function chosenSets({ model }: ReadableInvoice, interfaceCode: string | null): NamedRuleSet[] {
  return chooseRuleSets({ ...describeItself(model), interfaceCode }).map((name) => {
    const set = ruleSetNamed(name);
    if (set === null) throw new Error(`The rule set ${name} is chosen and does not exist`);
    return set;
  });
}

/** Names by which a set can be asked for: its own, or the one without version for the newest. */
export function ruleSetNamed(name: string): NamedRuleSet | null {
  return byName.get(name) ?? ruleSets.findLast((set) => unversioned(set.name) === name) ?? null;
}

function unversioned(name: string): string {
  return name.replace(/-\d[\d.-]*$/, '');
}

/** A set that is written for each syntax over the elements of the document. */
function overElements<Ubl, Cii>(ubl: RuleSet<Ubl>, cii: RuleSet<Cii>): NamedRuleSet {
  return {
    name: ubl.name,
    french: false,
    judgeAll: (invoices, most) => {
      const judged: JudgedSet[] = [];
      // One syntax behind the other: the two have no rule in common.
      for (const syntax of ['UBL', 'CII'] as const) {
        const judge = (root: XmlElement): RuleSetOutcome => (syntax === 'UBL' ? ubl : cii).judge(root, most);
        for (const [index, { invoice }] of invoices.entries())
          if (invoice.format.syntax === syntax) judged[index] = placed(judge(invoice.root));
      }
      return judged;
    },
  };
}

function placed({ violations, notComputable }: RuleSetOutcome): JudgedSet {
  return { violations: violations.map((one) => new PlacedViolation(one)), notComputable };
}

/** A set over the model, the same for every syntax. */
function overModel(set: ModelRuleSet): NamedRuleSet {
  return {
    name: set.name,
    french: /^(?:afnor|cpro|chorus)-/.test(set.name),
    judgeAll: (invoices) =>
      set
        .judgeAll(invoices.map(({ invoice, facts }) => ({ subject: invoice.model, facts })))
        .map((violations) => ({ violations, notComputable: [] })),
  };
}

/** A violation at an element, whose XPath and line are only made for those that are reported. */
class PlacedViolation implements JudgedViolation {
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly found: string | null;
  readonly expected: string | null;
  readonly #at: XmlElement;

  constructor({ rule, severity, found, expected, at }: ReturnType<RuleSet<unknown>['judge']>['violations'][number]) {
    this.rule = rule;
    this.severity = severity;
    this.found = found;
    this.expected = expected;
    this.#at = at;
  }

  get location(): string {
    return this.#at.location;
  }

  get line(): number {
    return this.#at.line;
  }
}
