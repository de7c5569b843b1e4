import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { forbidden, exactlyOne, repeated, syntaxRule } from './syntax-rule.js';
import type { NamedTerm } from './terms.js';

const payeeOnce = (element: string, term: NamedTerm): RuleDescription =>
  syntaxRule({
    terms: [term, 'BG-10', 'BT-59'],
    fr: `l’élément ${element} figure plusieurs fois, ou le nom du bénéficiaire (BT-59) manque ou est celui du fournisseur`,
    en: `The payee has more than one ${element}, or its name (BT-59) is missing or that of the supplier`,
    action: 'Ne gardez qu’un élément, et n’indiquez un bénéficiaire que s’il est un autre que le fournisseur',
  });

const withoutInvoicedObject = (element: string): RuleDescription =>
  syntaxRule({
    terms: ['BT-18', 'BG-24'],
    fr: `l’élément ${element} accompagne un document de type 130, qui désigne l’objet facturé et non une pièce jointe`,
    en: `The element ${element} stands with a document of type 130, which is the invoiced object and no supporting document`,
    action: 'Retirez cet élément, ou le type 130 s’il s’agit d’une pièce jointe',
  });

const attributeMissing = (attribute: string, meaning: string, english: string): RuleDescription =>
  syntaxRule({
    terms: ['BT-125'],
    fr: `l’attribut ${attribute}, ${meaning}, est absent`,
    en: `The attribute ${attribute}, ${english}, is missing from a binary object`,
    action: `Renseignez l’attribut ${attribute} de chaque pièce jointe`,
  });

/** Rules that bind EN 16931 to UBL and need words of their own. */
export const ublSyntaxTexts = {
  'UBL-CR-002': syntaxRule({
    terms: [],
    severity: 'warning',
    fr: 'l’élément cbc:UBLVersionID[ « {found} »] ne peut valoir que 2.1',
    en: 'The element cbc:UBLVersionID is not 2.1',
    action: 'Retirez cet élément ou écrivez 2.1',
  }),
  'UBL-CR-412': syntaxRule({
    terms: ['BT-9'],
    severity: 'warning',
    fr: 'l’élément cac:PaymentMeans/cbc:PaymentDueDate n’est prévu par EN 16931 que dans un avoir UBL',
    en: 'EN 16931 provides for the element cac:PaymentMeans/cbc:PaymentDueDate in a UBL credit note only',
    action: 'Écrivez l’échéance dans cbc:DueDate',
  }),
  'UBL-CR-665': syntaxRule({
    terms: ['BT-122', 'BT-18'],
    severity: 'warning',
    fr: 'l’attribut schemeID de cac:AdditionalDocumentReference/cbc:ID n’est prévu que pour l’objet facturé (type 130)',
    en: 'The attribute schemeID of cac:AdditionalDocumentReference/cbc:ID stands with another document than the invoiced object',
    action: 'Retirez cet attribut',
  }),
  'UBL-CR-666': withoutInvoicedObject('cac:Attachment'),
  'UBL-CR-673': withoutInvoicedObject('cbc:DocumentDescription'),

  'UBL-DT-01': syntaxRule({
    terms: ['BG-22', 'BG-23', 'BG-25'],
    subject: 'Montant',
    fr: 'le montant[ « {found} »] a plus de deux décimales',
    en: 'An amount has more than two decimals',
    action: 'Arrondissez ce montant au centime',
  }),
  'UBL-DT-06': attributeMissing('mimeCode', 'qui dit le type du fichier', 'the type of the file'),
  'UBL-DT-07': attributeMissing('filename', 'qui dit le nom du fichier', 'the name of the file'),
  'UBL-DT-18': forbidden('UBL', '@name', { terms: [] }),

  'UBL-SR-01': repeated('cac:ContractDocumentReference/cbc:ID', ['BT-12']),
  'UBL-SR-02': repeated('cac:ReceiptDocumentReference/cbc:ID', ['BT-15']),
  'UBL-SR-03': repeated('cac:DespatchDocumentReference/cbc:ID', ['BT-16']),
  'UBL-SR-04': repeated('cac:AdditionalDocumentReference/cbc:ID de type 130', ['BT-18']),
  'UBL-SR-05': repeated('cac:PaymentTerms/cbc:Note', ['BT-20']),
  'UBL-SR-06': repeated('cac:InvoiceDocumentReference', ['BG-3']),
  'UBL-SR-07': syntaxRule({
    terms: ['BT-25', 'BG-3'],
    fr: 'donnée absente, obligatoire pour « Référence à une facture antérieure (BG-3) »',
    en: 'The number (BT-25) is missing from a preceding invoice reference (BG-3)',
    action: 'Renseignez le numéro de la facture antérieure',
  }),
  'UBL-SR-08': repeated('cac:InvoicePeriod', ['BG-14']),
  'UBL-SR-09': repeated('cac:PartyLegalEntity/cbc:RegistrationName', ['BT-27']),
  'UBL-SR-10': repeated('cac:PartyName/cbc:Name', ['BT-28']),
  'UBL-SR-11': repeated('cac:PartyLegalEntity/cbc:CompanyID', ['BT-30']),
  'UBL-SR-12': repeated('cac:PartyTaxScheme/cbc:CompanyID du régime VAT', ['BT-31']),
  'UBL-SR-13': repeated('cac:PartyTaxScheme/cbc:CompanyID d’un autre régime que VAT', ['BT-32']),
  'UBL-SR-14': repeated('cac:PartyLegalEntity/cbc:CompanyLegalForm', ['BT-33']),
  'UBL-SR-15': repeated('cac:PartyLegalEntity/cbc:RegistrationName', ['BT-44']),
  'UBL-SR-16': repeated('cac:PartyIdentification/cbc:ID', ['BT-46']),
  'UBL-SR-17': repeated('cac:PartyLegalEntity/cbc:CompanyID', ['BT-47']),
  'UBL-SR-18': repeated('cac:PartyTaxScheme/cbc:CompanyID du régime VAT', ['BT-48']),
  'UBL-SR-19': payeeOnce('cac:PartyName/cbc:Name', 'BT-59'),
  'UBL-SR-20': payeeOnce('cac:PartyIdentification/cbc:ID', 'BT-60'),
  'UBL-SR-21': payeeOnce('cac:PartyLegalEntity/cbc:CompanyID', 'BT-61'),
  'UBL-SR-22': repeated('cac:PartyName/cbc:Name', ['BT-62', 'BG-11']),
  'UBL-SR-23': repeated('cac:PartyTaxScheme/cbc:CompanyID', ['BT-63', 'BG-11']),
  'UBL-SR-24': repeated('cac:Delivery', ['BG-13']),
  'UBL-SR-25': repeated('cac:DeliveryParty/cac:PartyName/cbc:Name', ['BT-70']),
  'UBL-SR-26': repeated('cac:PaymentMeans/cbc:PaymentID', ['BT-83']),
  'UBL-SR-27': repeated('cac:PaymentMeans/cbc:PaymentMeansCode', ['BT-81', 'BT-82']),
  'UBL-SR-28': repeated('cac:PaymentMandate/cbc:ID', ['BT-89']),
  'UBL-SR-29': repeated('cac:PartyIdentification/cbc:ID de schéma SEPA', ['BT-90']),
  'UBL-SR-30': repeated('cac:AllowanceCharge/cbc:AllowanceChargeReason', ['BT-97', 'BG-20']),
  'UBL-SR-31': repeated('cac:AllowanceCharge/cbc:AllowanceChargeReason', ['BT-104', 'BG-21']),
  'UBL-SR-32': repeated('cac:TaxCategory/cbc:TaxExemptionReason', ['BT-120', 'BG-23']),
  'UBL-SR-33': repeated('cac:AdditionalDocumentReference/cbc:DocumentDescription', ['BT-123', 'BG-24']),
  'UBL-SR-34': repeated('cac:InvoiceLine/cbc:Note', ['BT-127', 'BG-25']),
  'UBL-SR-35': repeated('cac:OrderLineReference/cbc:LineID', ['BT-132', 'BG-25']),
  'UBL-SR-36': repeated('cac:InvoiceLine/cac:InvoicePeriod', ['BG-26', 'BG-25']),
  'UBL-SR-37': repeated('cac:Price/cac:AllowanceCharge/cbc:Amount', ['BT-147', 'BG-25']),
  'UBL-SR-39': repeated('cac:ProjectReference/cbc:ID', ['BT-11']),
  'UBL-SR-40': repeated('cac:PartyName/cbc:Name', ['BT-45']),
  'UBL-SR-42': syntaxRule({
    terms: ['BG-4', 'BT-31', 'BT-32'],
    fr: 'l’élément cac:PartyTaxScheme figure plus de deux fois, un pour la TVA (BT-31) et un autre (BT-32) sont admis',
    en: 'The supplier has more than two cac:PartyTaxScheme, one for VAT (BT-31) and one other (BT-32)',
    action: 'Ne gardez que le numéro de TVA et l’identifiant fiscal',
  }),
  'UBL-SR-43': syntaxRule({
    terms: ['BT-122', 'BT-18'],
    fr: 'le type de document ou l’attribut schemeID n’est admis que pour l’objet facturé, de type 130, ou 50 dans un avoir',
    en: 'A supporting document has a type code or a scheme identifier, which only the invoiced object may have',
    action: 'Retirez cbc:DocumentTypeCode et l’attribut schemeID de la pièce jointe',
  }),
  'UBL-SR-44': syntaxRule({
    terms: ['BT-83'],
    fr: 'les éléments cbc:PaymentID ne portent pas tous la même valeur',
    en: 'The elements cbc:PaymentID do not all have the same value',
    action: 'Donnez la même référence à tous les moyens de paiement',
  }),
  'UBL-SR-45': repeated('cac:PaymentMeans/cbc:PaymentDueDate', ['BT-9']),
  'UBL-SR-46': repeated('cac:PaymentMeans/cbc:PaymentMeansCode avec l’attribut name', ['BT-82']),
  'UBL-SR-47': syntaxRule({
    terms: ['BT-81'],
    fr: 'les éléments cbc:PaymentMeansCode ne portent pas tous la même valeur',
    en: 'The elements cbc:PaymentMeansCode do not all have the same value',
    action: 'N’indiquez qu’un moyen de paiement par facture',
  }),
  'UBL-SR-48': exactlyOne('cac:Item/cac:ClassifiedTaxCategory', ['BT-151', 'BG-25']),
  'UBL-SR-49': repeated('cac:InvoicePeriod/cbc:DescriptionCode', ['BT-8']),
  'UBL-SR-50': repeated('cac:Item/cbc:Description', ['BT-154', 'BG-25']),
  'UBL-SR-51': repeated('cac:AddressLine', ['BT-162', 'BT-163', 'BT-164', 'BT-165'], 'fatal', 'Complément d’adresse'),
  'UBL-SR-52': repeated('cac:InvoiceLine/cac:DocumentReference', ['BT-128', 'BG-25']),
  'UBL-SR-53': syntaxRule({
    terms: ['BT-31', 'BT-32', 'BT-48'],
    subject: 'Numéro de TVA ou identifiant fiscal',
    fr: 'un élément cac:PartyTaxScheme n’a pas à la fois un numéro (cbc:CompanyID) et un régime (cac:TaxScheme/cbc:ID)',
    en: 'A cac:PartyTaxScheme does not have both a number (cbc:CompanyID) and a scheme (cac:TaxScheme/cbc:ID)',
    action: 'Renseignez le numéro et le régime, ou retirez cac:PartyTaxScheme',
  }),
  'UBL-SR-54': repeated('cac:PaymentMeans/cac:CardAccount', ['BG-18']),
  'UBL-SR-55': repeated('cac:PaymentMeans/cac:PaymentMandate', ['BG-19']),
  'UBL-SR-56': repeated('cac:OriginatorDocumentReference/cbc:ID', ['BT-17']),
} as const satisfies Record<string, RuleDescription>;
