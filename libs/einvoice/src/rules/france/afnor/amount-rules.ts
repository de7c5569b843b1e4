import type { Invoice } from '../../../model/invoice.js';
import { fatal, type ModelRule } from '../engine/model-rule.js';
import { everyValue, gathered, type Terms, type TermValues } from '../engine/terms.js';
import { bothWaysFrames, frenchVatCategories, listed } from '../shapes/codes.js';
import {
  amountShape,
  describeNumberShape,
  frenchVatRates,
  hasNumberShape,
  isFrenchVatRate,
  priceShape,
  quantityShape,
  rateShape,
  signedPriceShape,
  type NumberShape,
} from '../shapes/numbers.js';
import { hasFrame } from './coherence-rules.js';

/** Amounts of the document and of its lines. */
export const amounts: Terms = gathered((invoice, found) => {
  for (const { amount, baseAmount } of invoice.allowances) {
    found.add('Montant de la remise (BT-92)', amount);
    found.add('Assiette de la remise (BT-93)', baseAmount);
  }
  for (const { amount, baseAmount } of invoice.charges) {
    found.add('Montant des frais (BT-99)', amount);
    found.add('Assiette des frais (BT-100)', baseAmount);
  }
  addTotals(invoice, found);
  for (const { taxableAmount, taxAmount } of invoice.vatBreakdown) {
    found.add('Base d’imposition (BT-116)', taxableAmount);
    found.add('Montant de TVA de la catégorie (BT-117)', taxAmount);
  }
  for (const line of invoice.lines) {
    found.add('Montant net de la ligne (BT-131)', line.netAmount);
    for (const { amount, baseAmount } of line.allowances) {
      found.add('Montant de la remise de ligne (BT-136)', amount);
      found.add('Assiette de la remise de ligne (BT-137)', baseAmount);
    }
    for (const { amount, baseAmount } of line.charges) {
      found.add('Montant des frais de ligne (BT-141)', amount);
      found.add('Assiette des frais de ligne (BT-142)', baseAmount);
    }
  }
});

function addTotals({ totals, totalVat, totalVatInAccountingCurrency }: Invoice, found: TermValues): void {
  found.add('Montant total de TVA (BT-110)', totalVat);
  found.add('Montant total de TVA en devise de comptabilité (BT-111)', totalVatInAccountingCurrency);
  if (totals === null) return;
  found.add('Somme des montants nets des lignes (BT-106)', totals.linesTotal);
  found.add('Somme des remises (BT-107)', totals.allowancesTotal);
  found.add('Somme des frais (BT-108)', totals.chargesTotal);
  found.add('Montant total hors TVA (BT-109)', totals.totalWithoutVat);
  found.add('Montant total TTC (BT-112)', totals.totalWithVat);
  found.add('Montant déjà payé (BT-113)', totals.paidAmount);
  found.add('Arrondi (BT-114)', totals.roundingAmount);
  found.add('Montant à payer (BT-115)', totals.amountDue);
}

const quantities: Terms = gathered(({ lines }, found) => {
  for (const { quantity, price } of lines) {
    found.add('Quantité facturée (BT-129)', quantity);
    found.add('Quantité de base du prix (BT-149)', price.baseQuantity);
  }
});

/** Prices of the lines. */
export const prices: Terms = gathered(({ lines }, found) => {
  for (const { price } of lines) {
    found.add('Prix net (BT-146)', price.net);
    found.add('Remise sur le prix (BT-147)', price.discount);
    found.add('Prix brut (BT-148)', price.gross);
  }
});

/** VAT rates of the document and of its lines. */
export const rates: Terms = gathered(({ allowances, charges, vatBreakdown, lines }, found) => {
  for (const { vatRate } of allowances) found.add('Taux de TVA de la remise (BT-96)', vatRate);
  for (const { vatRate } of charges) found.add('Taux de TVA des frais (BT-103)', vatRate);
  for (const { rate } of vatBreakdown) found.add('Taux de TVA (BT-119)', rate);
  for (const { vat } of lines) found.add('Taux de TVA de la ligne (BT-152)', vat.rate);
});

/** VAT categories of the document and of its lines. */
export const categories: Terms = gathered(({ allowances, charges, vatBreakdown, lines }, found) => {
  for (const { vatCategory } of allowances) found.add('Catégorie de TVA de la remise (BT-95)', vatCategory);
  for (const { vatCategory } of charges) found.add('Catégorie de TVA des frais (BT-102)', vatCategory);
  for (const { category } of vatBreakdown) found.add('Catégorie de TVA (BT-118)', category);
  for (const { vat } of lines) found.add('Catégorie de TVA de la ligne (BT-151)', vat.category);
});

const priceShapeOf = (invoice: Invoice): NumberShape =>
  hasFrame(invoice, bothWaysFrames) ? signedPriceShape : priceShape;

/** Whether every VAT category is one of France (BR-FR-15, G2.31). */
export const frenchCategories = everyValue(
  categories,
  ({ value }) => frenchVatCategories.has(value),
  listed(frenchVatCategories),
);
/** Whether every VAT rate is one of France (BR-FR-16, G1.24). */
export const frenchRates = everyValue(rates, ({ value }) => isFrenchVatRate(value), frenchVatRates.join(', '));

/** Rules about VAT codes and about how numbers are written: BR-FR-15, BR-FR-16, BR-FR-DEC-01 to 04. */
export const amountRules: readonly ModelRule[] = [
  fatal('BR-FR-15', frenchCategories),
  fatal('BR-FR-16', frenchRates),
  fatal('BR-FR-DEC-01', everyValue(amounts, inShape(amountShape), describeNumberShape(amountShape))),
  fatal('BR-FR-DEC-02', everyValue(quantities, inShape(quantityShape), describeNumberShape(quantityShape))),
  fatal(
    'BR-FR-DEC-03',
    everyValue(
      prices,
      ({ value }, invoice) => hasNumberShape(value, priceShapeOf(invoice)),
      (invoice) => describeNumberShape(priceShapeOf(invoice)),
    ),
  ),
  fatal('BR-FR-DEC-04', everyValue(rates, inShape(rateShape), describeNumberShape(rateShape))),
];

/** Whether a value is written in a shape. */
export function inShape(shape: NumberShape): (value: { readonly value: string }) => boolean {
  return ({ value }) => hasNumberShape(value, shape);
}
