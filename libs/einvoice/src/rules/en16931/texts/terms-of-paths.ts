import type { NamedTerm } from './terms.js';

/** The term or group that an element of UBL or CII stands for, as far as it says where in the invoice a path leads. */
const termsOfElements: Readonly<Record<string, readonly NamedTerm[]>> = {
  'cac:AccountingSupplierParty': ['BG-4'],
  'cac:AccountingCustomerParty': ['BG-7'],
  'cac:PayeeParty': ['BG-10'],
  'cac:TaxRepresentativeParty': ['BG-11'],
  'cac:Delivery': ['BG-13'],
  'cac:InvoicePeriod': ['BG-14'],
  'cac:PaymentMeans': ['BG-16'],
  'cac:PaymentTerms': ['BT-20'],
  'cac:AllowanceCharge': ['BG-20', 'BG-21'],
  'cac:TaxTotal': ['BG-23'],
  'cac:LegalMonetaryTotal': ['BG-22'],
  'cac:InvoiceLine': ['BG-25'],
  'cac:OrderReference': ['BT-13'],
  'cac:BillingReference': ['BG-3'],
  'cac:DespatchDocumentReference': ['BT-16'],
  'cac:ReceiptDocumentReference': ['BT-15'],
  'cac:OriginatorDocumentReference': ['BT-17'],
  'cac:ContractDocumentReference': ['BT-12'],
  'cac:AdditionalDocumentReference': ['BG-24'],
  'cac:ProjectReference': ['BT-11'],
  'cbc:CustomizationID': ['BT-24'],
  'cbc:ProfileID': ['BT-23'],
  'cbc:ID': ['BT-1'],
  'cbc:SalesOrderID': ['BT-14'],
  'cbc:InvoiceTypeCode': ['BT-3'],
  'cbc:CreditNoteTypeCode': ['BT-3'],
  'cbc:DocumentCurrencyCode': ['BT-5'],
  'cbc:TaxCurrencyCode': ['BT-6'],
  'cbc:AllowanceChargeReasonCode': ['BT-98', 'BT-105', 'BT-140', 'BT-145'],
  'cac:PartyTaxScheme': ['BT-31', 'BT-32', 'BT-48', 'BT-63'],
  'cac:Country': ['BT-40', 'BT-55', 'BT-69', 'BT-80', 'BT-159'],
  'cac:BuyersItemIdentification': ['BT-156'],
  'cac:SellersItemIdentification': ['BT-155'],
  'cac:Price': ['BG-29'],
  'cbc:PrimaryAccountNumberID': ['BT-87'],
  'cac:CardAccount': ['BG-18'],
  'cac:PaymentMandate': ['BG-19'],
  'cac:TaxCategory': ['BT-118', 'BT-95', 'BT-102'],
  'cac:ClassifiedTaxCategory': ['BT-151'],
  'rsm:ExchangedDocumentContext': ['BG-2'],
  'ram:SellerTradeParty': ['BG-4'],
  'ram:BuyerTradeParty': ['BG-7'],
  'ram:PayeeTradeParty': ['BG-10'],
  'ram:SellerTaxRepresentativeTradeParty': ['BG-11'],
  'ram:BuyerOrderReferencedDocument': ['BT-13'],
  'ram:SellerOrderReferencedDocument': ['BT-14'],
  'ram:ContractReferencedDocument': ['BT-12'],
  'ram:AdditionalReferencedDocument': ['BG-24'],
  'ram:SpecifiedProcuringProject': ['BT-11'],
  'ram:ReceivingAdviceReferencedDocument': ['BT-15'],
  'ram:DespatchAdviceReferencedDocument': ['BT-16'],
  'ram:InvoiceReferencedDocument': ['BG-3'],
  'ram:SpecifiedTradeSettlementPaymentMeans': ['BG-16'],
  'ram:SpecifiedTradePaymentTerms': ['BT-20'],
  'ram:SpecifiedTradeAllowanceCharge': ['BG-20', 'BG-21'],
  'ram:BillingSpecifiedPeriod': ['BG-14'],
  'ram:ReceivableSpecifiedTradeAccountingAccount': ['BT-19'],
  'ram:SpecifiedTradeSettlementHeaderMonetarySummation': ['BG-22'],
  'ram:ApplicableHeaderTradeDelivery': ['BG-13'],
  'ram:SpecifiedTradeProduct': ['BG-31'],
  'ram:SpecifiedLineTradeAgreement': ['BG-29'],
  'ram:SpecifiedLineTradeDelivery': ['BT-129'],
  'ram:SpecifiedLineTradeSettlement': ['BG-25'],
  'ram:AssociatedDocumentLineDocument': ['BG-25'],
  'ram:IncludedSupplyChainTradeLineItem': ['BG-25'],
};

/** What the elements that stand for several terms are called. */
const subjectsOfElements: Readonly<Record<string, string>> = {
  'cac:AllowanceCharge': 'Remise ou frais sur la facture',
  'cbc:AllowanceChargeReasonCode': 'Code de motif d’une remise ou de frais',
  'cac:PartyTaxScheme': 'Numéro de TVA ou identifiant fiscal',
  'cac:Country': 'Code de pays',
  'cac:TaxCategory': 'Code de catégorie de TVA',
  'ram:SpecifiedTradeAllowanceCharge': 'Remise ou frais sur la facture',
};

/**
 * The terms that a path is about, and what several have in common: those of its first known step, the broadest, which the sender recognises.
 *
 * @param path written with the usual prefixes; of a choice of names the first counts
 */
export function termsOfPath(path: string): { terms: readonly NamedTerm[]; subject?: string | undefined } {
  for (const step of path.split('/')) {
    const [name = ''] = step.replace(/[()]/g, '').split('|');
    const terms = termsOfElements[name];
    if (terms !== undefined) return { terms, subject: subjectsOfElements[name] };
  }
  return { terms: [] };
}
