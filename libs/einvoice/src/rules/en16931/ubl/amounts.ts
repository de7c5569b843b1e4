import type { XmlElement } from '../../../xml/element.js';
import { equal, exactOf, minus, plus, type Exact } from '../../engine/exact.js';
import { path } from '../../engine/path.js';
import type { Survey } from './survey.js';
import { categoryCode, indicates } from './tax-category.js';
import { exactAt, onlyAt } from './values.js';

const netAmount = path('cbc:LineExtensionAmount');
const lineCategory = path('cac:Item/cac:ClassifiedTaxCategory');
const amount = path('cbc:Amount');
const category = path('cac:TaxCategory');
const percent = path('cbc:Percent');

/** The two kinds of lines: a document should have one of them. */
export type LineKind = 'cac:InvoiceLine' | 'cac:CreditNoteLine';

/** A rate of VAT with its text: most rates that are equal are written alike, and comparing texts is cheaper. */
export interface Rate {
  readonly text: string;
  readonly value: Exact;
}

/** Something with an amount and VAT categories: an invoice line, an allowance or a charge. */
class Item {
  #amount: Exact | null | undefined;
  #codes: readonly string[] | undefined;
  #rates: readonly XmlElement[] | undefined;

  constructor(
    readonly element: XmlElement,
    private readonly kind: 'line' | 'allowanceCharge',
  ) {}

  /** Its amount; null when there is none. */
  get amount(): Exact | null {
    if (this.#amount === undefined) this.#amount = exactAt(this.kind === 'line' ? netAmount : amount, this.element);
    return this.#amount;
  }

  /** Whether one of its categories has that code, and one (not necessarily the same) that rate, where one is given. */
  isTaxed(code: string, rate: Rate | null): boolean {
    this.#codes ??= this.#categories().map(categoryCode);
    if (!this.#codes.includes(code)) return false;
    if (rate === null) return true;
    this.#rates ??= this.#categories().flatMap((one) => onlyAt(percent, one) ?? []);
    return this.#rates.some((one) => one.stringValue === rate.text || equal(exactOf(one), rate.value));
  }

  #categories(): readonly XmlElement[] {
    return (this.kind === 'line' ? lineCategory : category).all(this.element);
  }
}

/** The amounts of a document that the totals and the VAT breakdown sum up, read once for all rules. */
export class Amounts {
  readonly #lines: Readonly<Record<LineKind, readonly Item[]>>;
  readonly #allowanceCharges: readonly Item[];
  #sumOfLines: Exact | null = null;
  readonly #documentLines: { [Kind in LineKind]?: readonly Item[] } = {};
  #documentLevel: { allowances: Item[]; charges: Item[] } | null = null;

  constructor(
    private readonly root: XmlElement,
    survey: Survey,
  ) {
    const lines = (name: LineKind): Item[] => survey.elements(name).map((element) => new Item(element, 'line'));
    this.#lines = { 'cac:InvoiceLine': lines('cac:InvoiceLine'), 'cac:CreditNoteLine': lines('cac:CreditNoteLine') };
    this.#allowanceCharges = survey
      .elements('cac:AllowanceCharge')
      .map((element) => new Item(element, 'allowanceCharge'));
  }

  /** Sum of the net amounts of all lines, wherever they stand. */
  sumOfLines(): Exact {
    if (this.#sumOfLines === null) {
      const { 'cac:InvoiceLine': invoiced, 'cac:CreditNoteLine': credited } = this.#lines;
      this.#sumOfLines = plus(sum(invoiced), sum(credited));
    }
    return this.#sumOfLines;
  }

  /** Whether the document has a line of that kind anywhere. */
  hasLine(kind: LineKind): boolean {
    return this.#lines[kind].length > 0;
  }

  /** Whether a line of that kind is taxed so, wherever it stands. */
  hasLineTaxed(kind: LineKind, code: string, rate: Rate): boolean {
    return this.#lines[kind].some((line) => line.isTaxed(code, rate));
  }

  /** Whether an allowance or a charge is taxed so, wherever it stands. */
  hasAllowanceChargeTaxed(code: string, rate: Rate): boolean {
    return this.#allowanceCharges.some((one) => one.isTaxed(code, rate));
  }

  /**
   * What the VAT breakdown has to say for a category: the lines of the document, plus its charges, minus its allowances.
   *
   * @param rate only what is taxed at this rate; null for any
   */
  taxable(kind: LineKind, code: string, rate: Rate | null): Exact {
    const { allowances, charges } = this.#atDocumentLevel();
    const taxed = (items: readonly Item[]): Item[] => items.filter((item) => item.isTaxed(code, rate));
    const lines = (this.#documentLines[kind] ??= this.#lines[kind].filter(
      ({ element }) => element.parent === this.root,
    ));
    return minus(plus(sum(taxed(lines)), sum(taxed(charges))), sum(taxed(allowances)));
  }

  #atDocumentLevel(): { allowances: readonly Item[]; charges: readonly Item[] } {
    if (this.#documentLevel === null) {
      const own = this.#allowanceCharges.filter(({ element }) => element.parent === this.root);
      this.#documentLevel = {
        allowances: own.filter(({ element }) => indicates(element, false)),
        charges: own.filter(({ element }) => indicates(element, true)),
      };
    }
    return this.#documentLevel;
  }
}

function sum(items: readonly Item[]): Exact {
  let total: Exact = 0;
  for (const { amount } of items) if (amount !== null) total = plus(total, amount);
  return total;
}
