import type { XmlElement } from '../../../xml/element.js';
import { namespaces } from '../../../xml/namespaces.js';
import { isNamed, nameTest, path, type Path } from '../../engine/path.js';
import { PlannedWalk } from '../../engine/planned-walk.js';
import { anyIs } from './values.js';

const settlement = path('rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement');
const invoiceCurrency = path('ram:InvoiceCurrencyCode');
const taxCurrency = path('ram:TaxCurrencyCode');

const breakdown = Symbol('VAT breakdown');
const headerSettlement = nameTest('ram:ApplicableHeaderTradeSettlement');
const transaction = nameTest('rsm:SupplyChainTradeTransaction');

/** Elements that some rule looks for wherever they stand. */
const soughtEverywhere: ReadonlySet<string> = new Set([
  'ApplicableHeaderTradeSettlement',
  'ApplicableTradeTax',
  'BuyerTradeParty',
  'CategoryCode',
  'CategoryTradeTax',
  'CountryID',
  'DueDateTypeCode',
  'IncludedSupplyChainTradeLineItem',
  'SellerTaxRepresentativeTradeParty',
  'SellerTradeParty',
  'SpecifiedTradeSettlementPaymentMeans',
  'TaxPointDate',
]);
const walk = new PlannedWalk(({ localName, namespace }) =>
  namespace === namespaces.ram && soughtEverywhere.has(localName) ? localName : null,
);
const none: readonly XmlElement[] = [];

/** What several rules ask of a CII document, found once. */
export class CiiFacts {
  /** The root when it is a CrossIndustryInvoice: what rules look for by an absolute path stands nowhere else. */
  readonly invoice: XmlElement | null;
  readonly #everywhere = new Map<string, XmlElement[]>();
  readonly #kept = new Map<unknown, unknown>();

  constructor(root: XmlElement) {
    this.invoice = root.localName === 'CrossIndustryInvoice' && root.namespace === namespaces.rsm ? root : null;
    walk.walk(root, (localName, element) => {
      const known = this.#everywhere.get(localName);
      if (known === undefined) this.#everywhere.set(localName, [element]);
      else known.push(element);
    });
  }

  /** Every element of that name of the `ram` namespace, in document order; only names that a rule seeks everywhere. */
  everywhere(localName: string): readonly XmlElement[] {
    return this.#everywhere.get(localName) ?? none;
  }

  /** The elements at a path below every element of that name, wherever it stands. */
  below(localName: string, steps: Path): XmlElement[] {
    return this.everywhere(localName).flatMap((element) => steps.all(element));
  }

  /** The header settlements (BG-16 and all that is about paying); one in a schema-valid document. */
  get settlements(): readonly XmlElement[] {
    return this.keep(settlement, () => settlement.all(this.invoice));
  }

  /** The invoice currency code (BT-5). */
  get invoiceCurrencies(): readonly XmlElement[] {
    return this.keep(invoiceCurrency, () => this.settlements.flatMap((one) => invoiceCurrency.all(one)));
  }

  /** The VAT accounting currency code (BT-6). */
  get taxCurrencies(): readonly XmlElement[] {
    return this.keep(taxCurrency, () => this.settlements.flatMap((one) => taxCurrency.all(one)));
  }

  /** Whether there is any VAT breakdown (BG-23). */
  get hasVatBreakdown(): boolean {
    return this.keep(breakdown, () =>
      this.everywhere('ApplicableTradeTax').some(
        ({ parent }) =>
          parent?.parent != null && isNamed(parent, headerSettlement) && isNamed(parent.parent, transaction),
      ),
    );
  }

  /** Whether an amount says that it is in the invoice currency. */
  isInInvoiceCurrency(amount: XmlElement): boolean {
    const currency = amount.attribute('currencyID');
    return currency !== null && anyIs(this.invoiceCurrencies, currency);
  }

  /** Computes something once for the document, under a key of the caller's. */
  keep<Value>(key: unknown, compute: () => Value): Value {
    if (!this.#kept.has(key)) this.#kept.set(key, compute());
    return this.#kept.get(key) as Value;
  }
}
