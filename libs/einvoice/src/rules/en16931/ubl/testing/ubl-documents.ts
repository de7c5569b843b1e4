import { namespaces } from '../../../../xml/namespaces.js';
import { readDocument } from '../../../../xml/read-document.js';
import type { Violation } from '../../../engine/rule-set.js';
import { en16931Ubl } from '../index.js';

/** The parts of a small invoice, in the order in which they stand; a test replaces those that it is about. */
const parts = {
  header: `<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>F-2026-1</cbc:ID>
<cbc:IssueDate>2026-09-01</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>`,
  note: '',
  taxPoint: '',
  currency: '<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>',
  period: '',
  references: '',
  seller: `<cac:AccountingSupplierParty><cac:Party>
<cac:PostalAddress><cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>FR60810347328</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>Câblage du Rhône</cbc:RegistrationName></cac:PartyLegalEntity>
</cac:Party></cac:AccountingSupplierParty>`,
  buyer: `<cac:AccountingCustomerParty><cac:Party>
<cac:PostalAddress><cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyLegalEntity><cbc:RegistrationName>Ville de Lyon</cbc:RegistrationName></cac:PartyLegalEntity>
</cac:Party></cac:AccountingCustomerParty>`,
  payee: '',
  representative: '',
  delivery: '',
  payment: '',
  terms: '',
  allowances: '',
  vat: vatTotal('20.00', subtotal('100.00', '20.00', 'S', '20')),
  totals: totals({}),
  lines: line({}),
};
/** Names of the parts of a small invoice. */
export type Parts = Partial<typeof parts>;

/** An amount in euros. */
export function amount(name: string, value: string): string {
  return `<cbc:${name} currencyID="EUR">${value}</cbc:${name}>`;
}

/** The VAT total of the document with its breakdown. */
export function vatTotal(tax: string, ...subtotals: readonly string[]): string {
  return `<cac:TaxTotal>${amount('TaxAmount', tax)}${subtotals.join('')}</cac:TaxTotal>`;
}

/** An entry of the VAT breakdown; a rate of `''` is none. */
export function subtotal(taxable: string, tax: string, code: string, rate: string, exemption = ''): string {
  return `<cac:TaxSubtotal>${amount('TaxableAmount', taxable)}${amount('TaxAmount', tax)}${category('TaxCategory', code, rate, exemption)}</cac:TaxSubtotal>`;
}

/** A VAT category under the name that it has at its place. */
export function category(name: 'TaxCategory' | 'ClassifiedTaxCategory', code: string, rate: string, more = ''): string {
  const percent = rate === '' ? '' : `<cbc:Percent>${rate}</cbc:Percent>`;
  return `<cac:${name}><cbc:ID>${code}</cbc:ID>${percent}${more}<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:${name}>`;
}

/** An allowance (`false`) or a charge (`true`) with a reason. */
export function allowanceCharge(indicator: string, value: string, code = 'S', rate = '20', more = ''): string {
  return `<cac:AllowanceCharge><cbc:ChargeIndicator>${indicator}</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Geste</cbc:AllowanceChargeReason>${more}${amount('Amount', value)}${category('TaxCategory', code, rate)}</cac:AllowanceCharge>`;
}

/** The totals of the document; `more` stands between the total with VAT and the amount due. */
export function totals(set: { net?: string; without?: string; with?: string; more?: string; due?: string }): string {
  const { net = '100.00', without = '100.00', with: withVat = '120.00', more = '', due = '120.00' } = set;
  return `<cac:LegalMonetaryTotal>${amount('LineExtensionAmount', net)}${amount('TaxExclusiveAmount', without)}${amount('TaxInclusiveAmount', withVat)}${more}${amount('PayableAmount', due)}</cac:LegalMonetaryTotal>`;
}

/** A line; `kind` is what it is called in an invoice or in a credit note. */
export function line(set: {
  kind?: 'Invoice' | 'CreditNote';
  net?: string;
  code?: string;
  rate?: string;
  more?: string;
  item?: string;
  price?: string;
}): string {
  const { kind = 'Invoice', net = '100.00', code = 'S', rate = '20', more = '', item = '' } = set;
  const { price = amount('PriceAmount', '50') } = set;
  const quantity = kind === 'Invoice' ? 'InvoicedQuantity' : 'CreditedQuantity';
  return `<cac:${kind}Line><cbc:ID>1</cbc:ID><cbc:${quantity} unitCode="C62">2</cbc:${quantity}>${amount('LineExtensionAmount', net)}${more}
<cac:Item><cbc:Name>Câble</cbc:Name>${item}${category('ClassifiedTaxCategory', code, rate)}</cac:Item><cac:Price>${price}</cac:Price></cac:${kind}Line>`;
}

/** A small invoice (or another root of UBL) that breaks no rule, but for the parts that are replaced. */
export function document(replaced: Parts = {}, root: 'Invoice' | 'CreditNote' = 'Invoice'): string {
  const content = Object.values({ ...parts, ...replaced }).join('\n');
  const namespace = root === 'Invoice' ? namespaces.ubl : namespaces.cn;
  return `<${root} xmlns="${namespace}" xmlns:cac="${namespaces.cac}" xmlns:cbc="${namespaces.cbc}" xmlns:ext="${namespaces.ext}">${content}</${root}>`;
}

/** What the rules find in a document. */
export function judge(text: string): { violations: readonly Violation[]; unreadable: readonly string[] } {
  const { root } = readDocument(text, null);
  if (root === null) throw new Error('Not read');
  const { violations, notComputable } = en16931Ubl.judge(root);
  return { violations, unreadable: notComputable.map(({ location }) => location) };
}

/** The ids of the rules that a small invoice with replaced parts breaks, sorted; none may be without a verdict. */
export function broken(replaced: Parts = {}, root: 'Invoice' | 'CreditNote' = 'Invoice'): string[] {
  const { violations, unreadable } = judge(document(replaced, root));
  if (unreadable.length > 0) throw new Error(`Not computable: ${unreadable.join(', ')}`);
  return violations.map(({ rule }) => rule).sort();
}
