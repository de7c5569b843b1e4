import { Decimal } from 'decimal.js';
import { CATALOGUE, type CatalogueItem, type VatRate } from './catalogue.js';
import type { SeededRandom } from './random.js';

/** A reduction or a supplement, of a line (BG-27, BG-28) or of the document (BG-20, BG-21). Amounts in euros. */
export interface AllowanceOrCharge {
  readonly isCharge: boolean;
  readonly amount: string;
  readonly reason: string;
  /** UNTDID 5189 for an allowance, UNTDID 7161 for a charge. */
  readonly reasonCode: string;
}

/** A line (BG-25), with its net amount (BT-131). */
export interface InvoiceLine {
  readonly item: CatalogueItem;
  readonly quantity: string;
  readonly price: string;
  readonly adjustment: AllowanceOrCharge | null;
  readonly netAmount: string;
}

/** One rate of the VAT breakdown (BG-23). */
export interface VatBreakdown {
  readonly rate: VatRate;
  readonly taxableAmount: string;
  readonly taxAmount: string;
}

/** The amounts of BG-22, in euros with two decimals. */
export interface InvoiceTotals {
  readonly lines: string;
  readonly allowances: string;
  readonly charges: string;
  readonly withoutVat: string;
  readonly vat: string;
  readonly withVat: string;
  readonly prepaid: string;
  readonly payable: string;
}

/** A document joined to the invoice (BG-24), a small CSV delivery note. */
export interface SupportingDocument {
  readonly reference: string;
  readonly fileName: string;
  readonly base64: string;
}

/** What an invoice says, but for who, when and under which number: that part does not change its arithmetic. */
export interface InvoiceContent {
  readonly lines: readonly InvoiceLine[];
  readonly adjustments: readonly (AllowanceOrCharge & { readonly rate: VatRate })[];
  readonly breakdown: readonly VatBreakdown[];
  readonly totals: InvoiceTotals;
  readonly supportingDocument: SupportingDocument | null;
  readonly commitment: string;
  readonly contract: string;
  readonly paymentDays: number;
}

// EN 16931 rounds half away from zero, for both signs (XP Z12-012 §4.4.5); this is what decimal.js calls HALF_UP.
const cents = (amount: Decimal): Decimal => amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
const sum = (amounts: readonly Decimal.Value[]): Decimal =>
  amounts.reduce<Decimal>((total, amount) => total.plus(amount), new Decimal(0));

function drawLine(random: SeededRandom, item: CatalogueItem): InvoiceLine {
  const quantity = new Decimal(
    item.unit === 'KGM' || item.unit === 'HUR' ? random.integer(10, 800) : random.integer(1, 48) * 10,
  ).div(10);
  // One price in four has four decimals, so that the rounding of BT-131 is really exercised.
  const price = random.chance(0.25)
    ? new Decimal(random.integer(item.lowestPrice * 100, item.highestPrice * 100)).div(10_000)
    : new Decimal(random.integer(item.lowestPrice, item.highestPrice)).div(100);
  const gross = cents(quantity.times(price));
  let adjustment: AllowanceOrCharge | null = null;
  if (random.chance(0.12)) {
    const isCharge = random.chance(0.4);
    const share = cents(gross.times(random.integer(2, 15)).div(100));
    adjustment = isCharge
      ? { isCharge, amount: share.toFixed(2), reason: 'Écocontribution', reasonCode: 'AEO' }
      : { isCharge, amount: share.toFixed(2), reason: 'Remise sur quantité', reasonCode: '95' };
  }
  const signed = new Decimal(adjustment?.amount ?? 0).times(adjustment?.isCharge ? 1 : -1);
  return {
    item,
    quantity: quantity.toFixed(),
    price: price.toFixed(Math.max(2, price.decimalPlaces())),
    adjustment,
    netAmount: gross.plus(signed).toFixed(2),
  };
}

function drawLines(random: SeededRandom, count: number): InvoiceLine[] {
  const rates: VatRate[] = ['20.00', '10.00', '5.50', '2.10'];
  const chosenRates = rates.slice(random.integer(0, 1), random.integer(3, 4));
  return Array.from({ length: count }, (_, position) => {
    // The first lines go through the chosen rates, so that each invoice really mixes several of them.
    const rate = chosenRates[position] ?? random.pick(chosenRates);
    return drawLine(random, random.pick(CATALOGUE.filter((item) => item.rate === rate)));
  });
}

function netOfRate(lines: readonly InvoiceLine[], rate: VatRate): Decimal {
  return sum(lines.filter((line) => line.item.rate === rate).map((line) => line.netAmount));
}

function drawAdjustments(random: SeededRandom, lines: readonly InvoiceLine[]): InvoiceContent['adjustments'] {
  const adjustments: (AllowanceOrCharge & { rate: VatRate })[] = [];
  const rate = (lines[0] as InvoiceLine).item.rate;
  if (random.chance(0.5)) {
    const amount = cents(netOfRate(lines, rate).times(random.integer(1, 8)).div(100));
    adjustments.push({
      isCharge: false,
      amount: amount.toFixed(2),
      reason: 'Remise du marché',
      reasonCode: '95',
      rate,
    });
  }
  if (random.chance(0.5)) {
    const amount = new Decimal(random.integer(450, 9900)).div(100);
    adjustments.push({ isCharge: true, amount: amount.toFixed(2), reason: 'Frais de port', reasonCode: 'FC', rate });
  }
  return adjustments;
}

function totalsOf(
  random: SeededRandom,
  lines: readonly InvoiceLine[],
  adjustments: InvoiceContent['adjustments'],
  breakdown: readonly VatBreakdown[],
): InvoiceTotals {
  const linesTotal = sum(lines.map((line) => line.netAmount));
  const allowances = sum(adjustments.filter((one) => !one.isCharge).map((one) => one.amount));
  const charges = sum(adjustments.filter((one) => one.isCharge).map((one) => one.amount));
  const withoutVat = linesTotal.minus(allowances).plus(charges);
  const vat = sum(breakdown.map((one) => one.taxAmount));
  const withVat = withoutVat.plus(vat);
  const prepaid = random.chance(0.15) ? cents(withVat.times('0.3')) : new Decimal(0);
  return {
    lines: linesTotal.toFixed(2),
    allowances: allowances.toFixed(2),
    charges: charges.toFixed(2),
    withoutVat: withoutVat.toFixed(2),
    vat: vat.toFixed(2),
    withVat: withVat.toFixed(2),
    prepaid: prepaid.toFixed(2),
    payable: withVat.minus(prepaid).toFixed(2),
  };
}

function deliveryNote(random: SeededRandom, lines: readonly InvoiceLine[]): SupportingDocument {
  const reference = `BL-${random.digits(6)}`;
  const rows = lines.slice(0, 3).map((line) => `${line.item.name};${line.quantity}`);
  return {
    reference,
    fileName: `${reference}.csv`,
    base64: Buffer.from(`designation;quantite\r\n${rows.join('\r\n')}\r\n`, 'utf8').toString('base64'),
  };
}

/**
 * Draws the content of an invoice and does its sums exactly (BR-CO-10 to BR-CO-17 of EN 16931).
 *
 * @param lineCount number of lines, at least three
 */
export function drawInvoiceContent(random: SeededRandom, lineCount: number): InvoiceContent {
  const lines = drawLines(random, lineCount);
  const adjustments = drawAdjustments(random, lines);
  const rates = [...new Set(lines.map((line) => line.item.rate))];
  const breakdown = rates.map((rate): VatBreakdown => {
    const ofRate = adjustments.filter((one) => one.rate === rate);
    const taxableAmount = netOfRate(lines, rate).plus(
      sum(ofRate.map((one) => (one.isCharge ? one.amount : `-${one.amount}`))),
    );
    return {
      rate,
      taxableAmount: taxableAmount.toFixed(2),
      taxAmount: cents(taxableAmount.times(rate).div(100)).toFixed(2),
    };
  });
  return {
    lines,
    adjustments,
    breakdown,
    totals: totalsOf(random, lines, adjustments, breakdown),
    supportingDocument: random.chance(0.25) ? deliveryNote(random, lines) : null,
    commitment: `EJ${random.digits(8)}`,
    contract: `MAPA-${random.digits(4)}-${random.digits(3)}`,
    paymentDays: random.pick([15, 30, 30, 45]),
  };
}
