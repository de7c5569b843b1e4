import type { Invoice } from '../../../model/invoice.js';
import { fatal, type ModelRule } from '../engine/model-rule.js';
import { everyValue, inLines, ofEach, ofLines, once, sharedTerms, type TermReader } from '../engine/terms.js';
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

const allowances = (invoice: Invoice): Invoice['allowances'] => invoice.allowances;
const charges = (invoice: Invoice): Invoice['charges'] => invoice.charges;
const breakdown = (invoice: Invoice): Invoice['vatBreakdown'] => invoice.vatBreakdown;
type Line = Invoice['lines'][number];
const lineAllowances = (line: Line): Line['allowances'] => line.allowances;
const lineCharges = (line: Line): Line['charges'] => line.charges;

/** Amounts of the document and of its lines. */
export const amounts: readonly TermReader[] = [
  ofEach('Montant de la remise (BT-92)', allowances, ({ amount }) => amount),
  ofEach('Assiette de la remise (BT-93)', allowances, ({ baseAmount }) => baseAmount),
  ofEach('Montant des frais (BT-99)', charges, ({ amount }) => amount),
  ofEach('Assiette des frais (BT-100)', charges, ({ baseAmount }) => baseAmount),
  once('Somme des montants nets des lignes (BT-106)', ({ totals }) => totals?.linesTotal),
  once('Somme des remises (BT-107)', ({ totals }) => totals?.allowancesTotal),
  once('Somme des frais (BT-108)', ({ totals }) => totals?.chargesTotal),
  once('Montant total hors TVA (BT-109)', ({ totals }) => totals?.totalWithoutVat),
  once('Montant total de TVA (BT-110)', ({ totalVat }) => totalVat),
  once('Montant total de TVA en devise de comptabilité (BT-111)', (invoice) => invoice.totalVatInAccountingCurrency),
  once('Montant total TTC (BT-112)', ({ totals }) => totals?.totalWithVat),
  once('Montant déjà payé (BT-113)', ({ totals }) => totals?.paidAmount),
  once('Arrondi (BT-114)', ({ totals }) => totals?.roundingAmount),
  once('Montant à payer (BT-115)', ({ totals }) => totals?.amountDue),
  ofEach('Base d’imposition (BT-116)', breakdown, ({ taxableAmount }) => taxableAmount),
  ofEach('Montant de TVA de la catégorie (BT-117)', breakdown, ({ taxAmount }) => taxAmount),
  ofLines('Montant net de la ligne (BT-131)', ({ netAmount }) => netAmount),
  inLines('Montant de la remise de ligne (BT-136)', lineAllowances, ({ amount }) => amount),
  inLines('Assiette de la remise de ligne (BT-137)', lineAllowances, ({ baseAmount }) => baseAmount),
  inLines('Montant des frais de ligne (BT-141)', lineCharges, ({ amount }) => amount),
  inLines('Assiette des frais de ligne (BT-142)', lineCharges, ({ baseAmount }) => baseAmount),
];

const quantities: readonly TermReader[] = [
  ofLines('Quantité facturée (BT-129)', ({ quantity }) => quantity),
  ofLines('Quantité de base du prix (BT-149)', ({ price }) => price.baseQuantity),
];

/** Prices of the lines. */
export const prices: readonly TermReader[] = [
  ofLines('Prix net (BT-146)', ({ price }) => price.net),
  ofLines('Remise sur le prix (BT-147)', ({ price }) => price.discount),
  ofLines('Prix brut (BT-148)', ({ price }) => price.gross),
];

/** VAT rates of the document and of its lines. */
export const rates: readonly TermReader[] = sharedTerms([
  ofEach('Taux de TVA de la remise (BT-96)', allowances, ({ vatRate }) => vatRate),
  ofEach('Taux de TVA des frais (BT-103)', charges, ({ vatRate }) => vatRate),
  ofEach('Taux de TVA (BT-119)', breakdown, ({ rate }) => rate),
  ofLines('Taux de TVA de la ligne (BT-152)', ({ vat }) => vat.rate),
]);

/** VAT categories of the document and of its lines. */
export const categories: readonly TermReader[] = [
  ofEach('Catégorie de TVA de la remise (BT-95)', allowances, ({ vatCategory }) => vatCategory),
  ofEach('Catégorie de TVA des frais (BT-102)', charges, ({ vatCategory }) => vatCategory),
  ofEach('Catégorie de TVA (BT-118)', breakdown, ({ category }) => category),
  ofLines('Catégorie de TVA de la ligne (BT-151)', ({ vat }) => vat.category),
];

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
