import type { FindingSeverity, RuleDescription } from '../../../finding/catalogue-entry.js';
import { exactlyOne, forbidden, repeated, syntaxRule } from './syntax-rule.js';
import { english, type NamedTerm } from './terms.js';

/** One of two identifiers, of the party's own or of a scheme, not both. */
const oneIdentifier = (party: string, term: NamedTerm): RuleDescription =>
  syntaxRule({
    terms: [term],
    severity: 'warning',
    fr: `${party}/ram:ID et ${party}/ram:GlobalID figurent tous les deux, un seul est admis`,
    en: `Both ram:ID and ram:GlobalID of ${party} give the ${english(term)}`,
    action: 'Ne gardez qu’un des deux éléments',
  });

/** One of two names of a contact, of a person or of a department, not both. */
const oneContactName = (party: string, term: NamedTerm): RuleDescription =>
  syntaxRule({
    terms: [term],
    severity: 'warning',
    fr: `le contact de ${party} a un nom de personne (ram:PersonName) et un nom de service (ram:DepartmentName), un seul est admis`,
    en: `The contact of ${party} has both a ram:PersonName and a ram:DepartmentName`,
    action: 'Ne gardez qu’un des deux éléments',
  });

/** An element that only some holders may have. */
const onlyIn = (
  element: string,
  holders: string,
  englishHolders: string,
  severity: FindingSeverity,
  ...terms: NamedTerm[]
): RuleDescription =>
  syntaxRule({
    terms,
    severity,
    fr: `l’élément ${element} n’est prévu par EN 16931 que ${holders}`,
    en: `EN 16931 provides for the element ${element} ${englishHolders} only`,
    action: 'Retirez cet élément',
  });

const onDocumentLevel = (element: string, ...terms: NamedTerm[]): RuleDescription =>
  onlyIn(element, 'dans la ventilation de la TVA, non sur une ligne', 'in the VAT breakdown', 'warning', ...terms);
const inVatBreakdown = (element: string, ...terms: NamedTerm[]): RuleDescription =>
  onlyIn(element, 'dans ram:ApplicableTradeTax', 'in ram:ApplicableTradeTax', 'warning', ...terms);
const ofSupportingDocument = (element: string, ...terms: NamedTerm[]): RuleDescription =>
  onlyIn(element, 'pour une pièce jointe (type 916)', 'for a supporting document (type 916)', 'fatal', ...terms);

const totals = 'ram:SpecifiedTradeSettlementHeaderMonetarySummation';

const sameEverywhere = (element: string, term: NamedTerm, action: string): RuleDescription =>
  syntaxRule({
    terms: [term],
    fr: `les éléments ${element} ne portent pas tous la même valeur`,
    en: `The elements ${element} do not all have the same value`,
    action,
  });

/** Rules that bind EN 16931 to CII and need words of their own. */
export const ciiSyntaxTexts = {
  'CII-DT-013': forbidden('CII', 'rsm:CrossIndustryInvoice/@languageID', { terms: [], severity: 'fatal' }),
  'CII-DT-014': forbidden('CII', 'rsm:CrossIndustryInvoice/@languageLocaleID', { terms: [], severity: 'fatal' }),
  'CII-DT-015': ofSupportingDocument('ram:URIID', 'BT-124'),
  'CII-DT-018': onlyIn(
    'ram:TypeCode',
    'pour un appel d’offres (50), l’objet facturé (130) ou une pièce jointe (916)',
    'for a tender (50), the invoiced object (130) or a supporting document (916)',
    'fatal',
    'BG-24',
    'BT-17',
    'BT-18',
  ),
  'CII-DT-021': ofSupportingDocument('ram:Name', 'BT-123'),
  'CII-DT-022': ofSupportingDocument('ram:AttachmentBinaryObject', 'BT-125'),
  'CII-DT-024': onlyIn(
    'ram:ReferenceTypeCode',
    'pour l’objet facturé (type 130)',
    'for the invoiced object (type 130)',
    'fatal',
    'BT-18',
    'BT-128',
  ),
  'CII-DT-027': onlyIn(
    'ram:FormattedIssueDateTime',
    'dans ram:InvoiceReferencedDocument',
    'in ram:InvoiceReferencedDocument',
    'fatal',
    'BT-26',
  ),
  'CII-DT-033': syntaxRule({
    terms: ['BT-130'],
    fr: 'l’attribut unitCode n’est prévu par EN 16931 que sur la quantité facturée (ram:BilledQuantity)',
    en: 'EN 16931 provides for the attribute unitCode on the invoiced quantity (ram:BilledQuantity) only',
    action: 'Indiquez l’unité sur la quantité facturée',
  }),
  'CII-DT-037': syntaxRule({
    terms: ['BG-23', 'BG-30'],
    subject: 'TVA',
    fr: 'le type de taxe (ram:TypeCode)[ « {found} »] n’est pas VAT',
    en: 'The type of the tax (ram:TypeCode) is not VAT',
    action: 'Écrivez VAT, la facture ne porte pas d’autre taxe',
  }),
  'CII-DT-041': onDocumentLevel('ram:BasisAmount', 'BT-116'),
  'CII-DT-052': inVatBreakdown('ram:ExemptionReasonCode', 'BT-121'),
  'CII-DT-054': onDocumentLevel('ram:TaxPointDate', 'BT-7'),
  'CII-DT-058': onDocumentLevel('ram:DueDateTypeCode', 'BT-8'),
  'CII-DT-097': syntaxRule({
    terms: ['BT-2', 'BT-9', 'BT-26', 'BT-72', 'BT-73', 'BT-74', 'BT-134', 'BT-135'],
    subject: 'Date',
    fr: 'la date[ « {found} »], annoncée au format 102, ne s’écrit pas AAAAMMJJ',
    en: 'A date of format 102 is not written YYYYMMDD',
    action: 'Écrivez la date en huit chiffres, année, mois et jour',
  }),
  'CII-DT-098': inVatBreakdown('ram:ExemptionReason', 'BT-120'),

  'CII-SR-003': repeated('ram:BusinessProcessSpecifiedDocumentContextParameter', ['BT-23'], 'warning'),
  'CII-SR-009': exactlyOne('ram:GuidelineSpecifiedDocumentContextParameter', ['BT-24']),
  'CII-SR-010': exactlyOne('ram:GuidelineSpecifiedDocumentContextParameter/ram:ID', ['BT-24']),
  'CII-SR-014': exactlyOne('rsm:ExchangedDocument/ram:TypeCode', ['BT-3']),
  'CII-SR-030': repeated('rsm:ExchangedDocument/ram:IncludedNote/ram:Content', ['BT-22'], 'warning'),
  'CII-SR-039': repeated('ram:AssociatedDocumentLineDocument/ram:IncludedNote', ['BT-127'], 'warning'),
  'CII-SR-040': repeated('ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content', ['BT-127'], 'warning'),
  'CII-SR-046': syntaxRule({
    terms: ['BT-157'],
    fr: 'l’attribut schemeID de ram:SpecifiedTradeProduct/ram:GlobalID est absent',
    en: 'The attribute schemeID of ram:SpecifiedTradeProduct/ram:GlobalID is missing',
    action: 'Indiquez le schéma de l’identifiant, par exemple 0160 pour un GTIN',
  }),
  'CII-SR-069': exactlyOne('ram:ApplicableProductCharacteristic/ram:Description', ['BT-160', 'BG-32']),
  'CII-SR-072': exactlyOne('ram:ApplicableProductCharacteristic/ram:Value', ['BT-161', 'BG-32']),
  'CII-SR-090': exactlyOne('ram:OriginTradeCountry/ram:ID', ['BT-159']),
  'CII-SR-119': syntaxRule({
    terms: ['BT-147', 'BT-148'],
    severity: 'warning',
    fr: 'ce qui s’applique au prix brut doit être un rabais, avec son montant (ram:ActualAmount) et ram:ChargeIndicator à false',
    en: 'What applies to the gross price is no discount with its amount (ram:ActualAmount) and a false ram:ChargeIndicator',
    action: 'N’indiquez qu’un rabais sur le prix brut',
  }),
  'CII-SR-438': forbidden('CII', 'ram:ValuationBreakdownStatement', { terms: [] }),
  'CII-SR-439': exactlyOne('ram:NetPriceProductTradePrice/ram:ChargeAmount', ['BT-146']),
  'CII-SR-440': repeated('ram:AppliedTradeAllowanceCharge/ram:ActualAmount', ['BT-147']),
  'CII-SR-441': repeated('ram:NetPriceProductTradePrice/ram:ChargeAmount', ['BT-146']),
  'CII-SR-449': oneIdentifier('ram:ShipToTradeParty', 'BT-71'),
  'CII-SR-450': oneIdentifier('ram:BuyerTradeParty', 'BT-46'),
  'CII-SR-451': oneIdentifier('ram:PayeeTradeParty', 'BT-60'),
  'CII-SR-452': repeated('ram:SpecifiedTradePaymentTerms', ['BT-20', 'BT-9'], 'warning'),
  'CII-SR-453': repeated('ram:SpecifiedTradePaymentTerms/ram:Description', ['BT-20'], 'warning'),
  'CII-SR-454': exactlyOne('ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax', ['BG-30', 'BG-25'], 'warning'),
  'CII-SR-455': repeated('ram:SellerTradeParty/ram:DefinedTradeContact', ['BG-6']),
  'CII-SR-456': repeated('ram:BuyerTradeParty/ram:DefinedTradeContact', ['BG-9']),
  'CII-SR-457': repeated('ram:AdditionalReferencedDocument de type 50', ['BT-17'], 'warning'),
  'CII-SR-458': repeated('ram:AdditionalReferencedDocument de type 130', ['BT-18'], 'warning'),
  'CII-SR-459': repeated('ram:SellerTradeParty/ram:URIUniversalCommunication', ['BT-34']),
  'CII-SR-460': repeated('ram:BuyerTradeParty/ram:URIUniversalCommunication', ['BT-49']),
  'CII-SR-461': repeated('ram:ApplicableTradeTax/ram:TaxPointDate', ['BT-7']),
  'CII-SR-462': sameEverywhere('ram:ApplicableTradeTax/ram:DueDateTypeCode', 'BT-8', 'N’indiquez qu’un code'),
  'CII-SR-463': syntaxRule({
    terms: ['BG-20', 'BG-21'],
    subject: 'Remise ou frais sur la facture',
    fr: 'l’élément ram:ChargeIndicator, qui distingue une remise de frais, est absent',
    en: 'The element ram:ChargeIndicator, which tells an allowance from a charge, is missing',
    action: 'Écrivez false pour une remise, true pour des frais',
  }),
  'CII-SR-464': forbidden(
    'CII',
    'ram:SpecifiedTradeSettlementPaymentMeans/ram:PayerSpecifiedDebtorFinancialInstitution',
    { terms: ['BG-16'] },
  ),
  'CII-SR-465': oneContactName('ram:SellerTradeParty', 'BT-41'),
  'CII-SR-466': oneContactName('ram:BuyerTradeParty', 'BT-56'),
  'CII-SR-467': sameEverywhere(
    'ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode',
    'BT-81',
    'N’indiquez qu’un moyen de paiement par facture',
  ),
  'CII-SR-468': sameEverywhere(
    'ram:SpecifiedTradeSettlementPaymentMeans/ram:Information',
    'BT-82',
    'Donnez le même libellé à tous les moyens de paiement',
  ),
  'CII-SR-469': repeated('ram:ApplicableHeaderTradeSettlement/ram:PaymentReference', ['BT-83']),
  'CII-SR-470': syntaxRule({
    terms: ['BT-84', 'BT-81'],
    fr: 'donnée absente, obligatoire pour un virement (ram:TypeCode 30 ou 58), en ram:IBANID ou en ram:ProprietaryID',
    en: 'A credit transfer (ram:TypeCode 30 or 58) has neither a ram:IBANID nor a ram:ProprietaryID',
    action: 'Renseignez l’IBAN du compte à créditer, ou corrigez le moyen de paiement',
  }),
  'CII-SR-471': repeated(
    'ram:SpecifiedTradeAllowanceCharge/ram:RateApplicablePercent',
    ['BT-96', 'BT-103'],
    'fatal',
    'Taux de TVA d’une remise ou de frais',
  ),
  'CII-SR-472': repeated(
    'ram:SpecifiedTradeAllowanceCharge/ram:CategoryTradeTax',
    ['BT-95', 'BT-102'],
    'fatal',
    'Catégorie de TVA d’une remise ou de frais',
  ),
  'CII-SR-473': repeated(
    'ram:SpecifiedTradeAllowanceCharge/ram:ActualAmount',
    ['BT-92', 'BT-99'],
    'fatal',
    'Montant d’une remise ou de frais',
  ),
  'CII-SR-474': repeated('ram:AdditionalReferencedDocument de type 130', ['BT-128', 'BG-25'], 'warning'),
  'CII-SR-475': repeated('ram:AdditionalReferencedDocument/ram:Name de type 916', ['BT-123'], 'warning'),
  'CII-SR-476': repeated(
    'ram:AdditionalReferencedDocument/ram:AttachmentBinaryObject de type 916',
    ['BT-125'],
    'warning',
  ),
  'CII-SR-477': repeated(`${totals}/ram:LineTotalAmount`, ['BT-106']),
  'CII-SR-478': repeated(`${totals}/ram:ChargeTotalAmount`, ['BT-108']),
  'CII-SR-479': repeated(`${totals}/ram:AllowanceTotalAmount`, ['BT-107']),
  'CII-SR-480': repeated(`${totals}/ram:TaxBasisTotalAmount`, ['BT-109']),
  'CII-SR-481': repeated(`${totals}/ram:RoundingAmount`, ['BT-114']),
  'CII-SR-482': repeated(`${totals}/ram:GrandTotalAmount`, ['BT-112']),
  'CII-SR-483': repeated(`${totals}/ram:InformationAmount`, ['BG-22']),
  'CII-SR-484': repeated(`${totals}/ram:TotalPrepaidAmount`, ['BT-113']),
  'CII-SR-485': repeated(`${totals}/ram:TotalDiscountAmount`, ['BG-22']),
  'CII-SR-486': repeated(`${totals}/ram:TotalAllowanceChargeAmount`, ['BG-22']),
  'CII-SR-487': repeated(`${totals}/ram:DuePayableAmount`, ['BT-115']),
  'CII-SR-488': repeated(`${totals}/ram:RetailValueExcludingTaxInformationAmount`, ['BG-22']),
  'CII-SR-489': repeated(`${totals}/ram:TotalDepositFeeInformationAmount`, ['BG-22']),
  'CII-SR-490': repeated(`${totals}/ram:ProductValueExcludingTobaccoTaxInformationAmount`, ['BG-22']),
  'CII-SR-491': repeated(`${totals}/ram:TotalRetailValueInformationAmount`, ['BG-22']),
  'CII-SR-492': repeated(`${totals}/ram:GrossLineTotalAmount`, ['BG-22']),
  'CII-SR-493': repeated(`${totals}/ram:NetLineTotalAmount`, ['BG-22']),
  'CII-SR-494': repeated(`${totals}/ram:NetIncludingTaxesLineTotalAmount`, ['BG-22']),
} as const satisfies Record<string, RuleDescription>;
