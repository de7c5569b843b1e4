import type { FindingSeverity, RuleDescription } from '../../../finding/catalogue-entry.js';
import { agreementPaths } from '../cii/syntax/agreement-paths.js';
import * as dataTypes from '../cii/syntax/data-type-paths.js';
import { deliveryPaths, documentContextPaths, documentPaths } from '../cii/syntax/header-paths.js';
import {
  lineAgreementPaths,
  lineDeliveryPaths,
  lineDocumentPaths,
  linePaths,
  lineSettlementPaths,
} from '../cii/syntax/line-paths.js';
import { productPaths } from '../cii/syntax/product-paths.js';
import { settlementPaths, totalsPaths } from '../cii/syntax/settlement-paths.js';
import { forbiddenAnywhere, forbiddenAttributes } from '../ubl/forbidden/anywhere.js';
import { forbiddenInBuyer } from '../ubl/forbidden/buyer.js';
import { forbiddenInDelivery } from '../ubl/forbidden/delivery.js';
import { forbiddenInDocument } from '../ubl/forbidden/document.js';
import { forbiddenInLines } from '../ubl/forbidden/lines.js';
import { forbiddenInPayeeAndRepresentative } from '../ubl/forbidden/payee-and-representative.js';
import { forbiddenInPayment } from '../ubl/forbidden/payment.js';
import { forbiddenInReferences } from '../ubl/forbidden/references.js';
import { forbiddenInSeller } from '../ubl/forbidden/seller.js';
import { forbiddenInTotals } from '../ubl/forbidden/totals.js';
import { forbidden, type Holder, type RuledSyntax } from './syntax-rule.js';
import { termsOfPath } from './terms-of-paths.js';
import type { NamedTerm } from './terms.js';

type RulePath = readonly [rule: string, path: string];

/** Ids of the rules of UBL that each want one path to be absent. */
export type UblForbiddenRule = `UBL-${'CR' | 'DT'}-${number}`;
/** Ids of the rules of CII that each want one path to be absent. */
export type CiiForbiddenRule = `CII-${'SR' | 'DT'}-${number}`;

/** The entries of some paths below an element. */
function below(
  syntax: RuledSyntax,
  within: string,
  paths: readonly RulePath[],
  severity: FindingSeverity = 'warning',
): [string, RuleDescription][] {
  return paths.map(([rule, path]) => {
    const whole = [within, path].filter((part) => part !== '').join('/');
    return [rule, forbidden(syntax, whole, { ...termsOfPath(whole), severity })];
  });
}

/** The entries of some paths below anything of a kind, wherever it stands. */
function belowKind(
  holder: Holder & { readonly subject: string },
  terms: readonly NamedTerm[],
  severity: FindingSeverity,
  paths: readonly RulePath[],
): [string, RuleDescription][] {
  return paths.map(([rule, path]) => [
    rule,
    forbidden('CII', path, { terms, severity, holder, subject: holder.subject }),
  ]);
}

/** The rules of UBL that each want a path to be absent, from the tables that the rules themselves are made from. */
export const ublForbiddenTexts = Object.fromEntries([
  ...[
    forbiddenInDocument,
    forbiddenInReferences,
    forbiddenInSeller,
    forbiddenInBuyer,
    forbiddenInPayeeAndRepresentative,
    forbiddenInDelivery,
    forbiddenInPayment,
    forbiddenInTotals,
    forbiddenInLines,
    forbiddenAnywhere,
  ].flatMap((paths) => below('UBL', '', paths)),
  ...below(
    'UBL',
    '',
    forbiddenAttributes.map(([rule, attribute]) => [rule, `@${attribute}`]),
  ),
]) as Record<UblForbiddenRule, RuleDescription>;

/** The rules of CII that each want a path to be absent, from the tables that the rules themselves are made from. */
export const ciiForbiddenTexts = Object.fromEntries([
  ...below('CII', 'rsm:ExchangedDocumentContext', documentContextPaths),
  ...below('CII', 'rsm:ExchangedDocument', documentPaths),
  ...below('CII', 'ram:IncludedSupplyChainTradeLineItem', linePaths),
  ...below('CII', 'ram:AssociatedDocumentLineDocument', lineDocumentPaths),
  ...below('CII', 'ram:SpecifiedTradeProduct', productPaths),
  ...below('CII', 'ram:SpecifiedLineTradeAgreement', lineAgreementPaths),
  ...below('CII', 'ram:SpecifiedLineTradeDelivery', lineDeliveryPaths),
  ...below('CII', 'ram:SpecifiedLineTradeSettlement', lineSettlementPaths),
  ...below('CII', 'ram:ApplicableHeaderTradeAgreement', agreementPaths),
  ...below('CII', 'ram:ApplicableHeaderTradeDelivery', deliveryPaths),
  ...below('CII', 'ram:ApplicableHeaderTradeSettlement', settlementPaths),
  ...below('CII', 'ram:SpecifiedTradeSettlementHeaderMonetarySummation', totalsPaths),
  ...belowKind(
    {
      subject: 'Contexte du document',
      fr: 'un paramètre du contexte du document',
      en: 'a parameter of the document context',
    },
    ['BG-2'],
    'warning',
    dataTypes.contextParameterPaths,
  ),
  ...belowKind(
    { subject: 'Identifiant', fr: 'un identifiant sans schéma', en: 'an identifier without a scheme' },
    ['BT-1', 'BT-24', 'BT-126', 'BT-155'],
    'fatal',
    dataTypes.plainIdentifierPaths,
  ),
  ...belowKind(
    { subject: 'Identifiant', fr: 'un identifiant', en: 'an identifier' },
    [],
    'fatal',
    dataTypes.identifierPaths,
  ),
  ...belowKind(
    { subject: 'Code de type', fr: 'un ram:TypeCode', en: 'a ram:TypeCode' },
    [],
    'fatal',
    dataTypes.typeCodePaths,
  ),
  ...belowKind(
    {
      subject: 'Code de type de facture',
      fr: 'rsm:ExchangedDocument/ram:TypeCode',
      en: 'rsm:ExchangedDocument/ram:TypeCode',
    },
    ['BT-3'],
    'fatal',
    dataTypes.documentTypeCodePaths,
  ),
  ...belowKind(
    {
      subject: 'Code de catégorie de TVA de la ligne',
      fr: 'ram:ApplicableTradeTax/ram:CategoryCode',
      en: 'ram:ApplicableTradeTax/ram:CategoryCode',
    },
    ['BT-151'],
    'warning',
    dataTypes.lineCategoryPaths,
  ),
  ...belowKind(
    { subject: 'Document référencé', fr: 'un document référencé', en: 'a referenced document' },
    ['BG-24', 'BG-3', 'BT-12', 'BT-13'],
    'fatal',
    dataTypes.referencePaths,
  ),
  ...belowKind(
    {
      subject: 'Montant',
      fr: 'un montant autre que ram:TaxTotalAmount',
      en: 'an amount other than ram:TaxTotalAmount',
    },
    ['BG-22'],
    'fatal',
    dataTypes.amountPaths,
  ),
  ...belowKind(
    { subject: 'Quantité', fr: 'une quantité', en: 'a quantity' },
    ['BT-129', 'BT-149'],
    'fatal',
    dataTypes.quantityPaths,
  ),
  ...belowKind({ subject: 'TVA', fr: 'une taxe', en: 'a tax' }, ['BG-23', 'BG-30'], 'warning', dataTypes.taxPaths),
  ...belowKind(
    { subject: 'Période de facturation', fr: 'ram:BillingSpecifiedPeriod', en: 'ram:BillingSpecifiedPeriod' },
    ['BG-14', 'BG-26'],
    'fatal',
    dataTypes.periodPaths,
  ),
  ...belowKind(
    { subject: 'Adresse postale', fr: 'ram:PostalTradeAddress', en: 'ram:PostalTradeAddress' },
    ['BG-5', 'BG-8', 'BG-12', 'BG-15'],
    'fatal',
    dataTypes.addressPaths,
  ),
]) as Record<CiiForbiddenRule, RuleDescription>;
