import { absentPaths } from '../../../engine/absent-paths.js';
import { path, type Path } from '../../../engine/path.js';
import { counted, fatal, warning, type CiiAssertion, type CiiContext } from '../assertions.js';
import { normalised } from '../../../engine/values.js';
import { anyIs, only } from '../values.js';
import { agreementPaths } from './agreement-paths.js';
import { deliveryPaths, documentContextPaths, documentPaths } from './header-paths.js';
import { settlementPaths, totalsPaths } from './settlement-paths.js';

const transaction = '/rsm:CrossIndustryInvoice/rsm:SupplyChainTradeTransaction';
const typeCode = path('ram:TypeCode');
const supportingDocument = path('ram:AdditionalReferencedDocument');
const paymentMeans = path('ram:SpecifiedTradeSettlementPaymentMeans');
const account = path('ram:PayeePartyCreditorFinancialAccount/ram:IBANID');
const otherAccount = path('ram:PayeePartyCreditorFinancialAccount/ram:ProprietaryID');
const dueDateTypeCode = path('ram:DueDateTypeCode');
const information = path('ram:Information');
const paymentReference = path('ram:PaymentReference');
const valuation = path('ram:ValuationBreakdownStatement');

/** Amounts of the document totals, each at most once. */
const totals: readonly (readonly [rule: string, amount: string])[] = [
  ['CII-SR-477', 'ram:LineTotalAmount'],
  ['CII-SR-478', 'ram:ChargeTotalAmount'],
  ['CII-SR-479', 'ram:AllowanceTotalAmount'],
  ['CII-SR-480', 'ram:TaxBasisTotalAmount'],
  ['CII-SR-481', 'ram:RoundingAmount'],
  ['CII-SR-482', 'ram:GrandTotalAmount'],
  ['CII-SR-483', 'ram:InformationAmount'],
  ['CII-SR-484', 'ram:TotalPrepaidAmount'],
  ['CII-SR-485', 'ram:TotalDiscountAmount'],
  ['CII-SR-486', 'ram:TotalAllowanceChargeAmount'],
  ['CII-SR-487', 'ram:DuePayableAmount'],
  ['CII-SR-488', 'ram:RetailValueExcludingTaxInformationAmount'],
  ['CII-SR-489', 'ram:TotalDepositFeeInformationAmount'],
  ['CII-SR-490', 'ram:ProductValueExcludingTobaccoTaxInformationAmount'],
  ['CII-SR-491', 'ram:TotalRetailValueInformationAmount'],
  ['CII-SR-492', 'ram:GrossLineTotalAmount'],
  ['CII-SR-493', 'ram:NetLineTotalAmount'],
  ['CII-SR-494', 'ram:NetIncludingTaxesLineTotalAmount'],
];

/** What CII has around and above the lines, and EN 16931 has not (CII-SR-*). */
export const headerContexts = {
  paymentMeans: {
    match: '//ram:SpecifiedTradeSettlementPaymentMeans',
    assertions: [],
    intruders: absentPaths('warning', [['CII-SR-464', 'ram:PayerSpecifiedDebtorFinancialInstitution']]),
  },
  documentContext: {
    match: '/rsm:CrossIndustryInvoice/rsm:ExchangedDocumentContext',
    assertions: [
      counted('warning', 'CII-SR-003', 'ram:BusinessProcessSpecifiedDocumentContextParameter', '≤ 1'),
      counted('fatal', 'CII-SR-009', 'ram:GuidelineSpecifiedDocumentContextParameter', '1'),
      counted('fatal', 'CII-SR-010', 'ram:GuidelineSpecifiedDocumentContextParameter/ram:ID', '1'),
    ],
    intruders: absentPaths('warning', documentContextPaths),
  },
  document: {
    match: '/rsm:CrossIndustryInvoice/rsm:ExchangedDocument',
    assertions: [counted('fatal', 'CII-SR-014', 'ram:TypeCode', '1')],
    intruders: absentPaths('warning', documentPaths),
  },
  note: {
    match: '/rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:IncludedNote',
    assertions: [counted('warning', 'CII-SR-030', 'ram:Content', '≤ 1')],
  },
  agreement: {
    match: `${transaction}/ram:ApplicableHeaderTradeAgreement`,
    assertions: [
      oneIdentifier('CII-SR-450', 'ram:BuyerTradeParty'),
      counted('fatal', 'CII-SR-455', 'ram:SellerTradeParty/ram:DefinedTradeContact', '≤ 1'),
      counted('fatal', 'CII-SR-456', 'ram:BuyerTradeParty/ram:DefinedTradeContact', '≤ 1'),
      oneDocumentOfType('CII-SR-457', '50'),
      oneDocumentOfType('CII-SR-458', '130'),
      counted('fatal', 'CII-SR-459', 'ram:SellerTradeParty/ram:URIUniversalCommunication', '≤ 1'),
      counted('fatal', 'CII-SR-460', 'ram:BuyerTradeParty/ram:URIUniversalCommunication', '≤ 1'),
      personOrDepartment('CII-SR-465', 'ram:SellerTradeParty'),
      personOrDepartment('CII-SR-466', 'ram:BuyerTradeParty'),
      oneInAttachments('CII-SR-475', 'ram:Name'),
      oneInAttachments('CII-SR-476', 'ram:AttachmentBinaryObject'),
    ],
    intruders: absentPaths('warning', agreementPaths),
  },
  delivery: {
    match: `${transaction}/ram:ApplicableHeaderTradeDelivery`,
    assertions: [oneIdentifier('CII-SR-449', 'ram:ShipToTradeParty')],
    intruders: absentPaths('warning', deliveryPaths),
  },
  settlement: {
    match: `${transaction}/ram:ApplicableHeaderTradeSettlement`,
    assertions: [
      oneIdentifier('CII-SR-451', 'ram:PayeeTradeParty'),
      counted('warning', 'CII-SR-452', 'ram:SpecifiedTradePaymentTerms', '≤ 1'),
      counted('warning', 'CII-SR-453', 'ram:SpecifiedTradePaymentTerms/ram:Description', '≤ 1'),
      counted('fatal', 'CII-SR-461', 'ram:ApplicableTradeTax/ram:TaxPointDate', '≤ 1'),
      fatal('CII-SR-462', (_, facts) => {
        const [first, ...others] = facts.below('ApplicableTradeTax', dueDateTypeCode);
        const other = others.find((code) => code.stringValue !== first?.stringValue);
        if (first === undefined || other === undefined) return true;
        return { at: other, found: other.stringValue, expected: first.stringValue };
      }),
      fatal('CII-SR-470', (settlement) => {
        const without = paymentMeans.all(settlement).find((means) => {
          const code = normalised(only(typeCode.all(means))?.stringValue ?? '');
          return (code === '30' || code === '58') && !account.exists(means) && !otherAccount.exists(means);
        });
        return without === undefined || { at: without };
      }),
    ],
    intruders: absentPaths('warning', settlementPaths),
  },
  totals: {
    match: `${transaction}/ram:ApplicableHeaderTradeSettlement/ram:SpecifiedTradeSettlementHeaderMonetarySummation`,
    assertions: totals.map(([rule, amount]) => counted('fatal', rule, amount, '≤ 1')),
    intruders: absentPaths('warning', totalsPaths),
  },
  invoice: {
    match: '/rsm:CrossIndustryInvoice',
    assertions: [
      warning('CII-SR-438', (invoice) => !valuation.exists(invoice)),
      sameInAllMeans('CII-SR-467', typeCode),
      sameInAllMeans('CII-SR-468', information),
      fatal('CII-SR-469', (_, facts) => {
        const references = facts.below('ApplicableHeaderTradeSettlement', paymentReference);
        return (
          references.length <= 1 || { at: references[1] ?? null, found: String(references.length), expected: '≤ 1' }
        );
      }),
    ],
    intruders: absentPaths('fatal', [
      ['CII-DT-013', '@languageID'],
      ['CII-DT-014', '@languageLocaleID'],
    ]),
  },
} satisfies Record<string, CiiContext>;

/** A party has an identifier or a global identifier, not both: EN 16931 has one term for the two. */
function oneIdentifier(rule: string, party: string): CiiAssertion {
  const [identifier, globalIdentifier] = [path(`${party}/ram:ID`), path(`${party}/ram:GlobalID`)];
  return warning(rule, (context) => {
    const found = globalIdentifier.first(context);
    return found === null || !identifier.exists(context) || { at: found, found: found.stringValue };
  });
}

/** A contact is a person or a department. */
function personOrDepartment(rule: string, party: string): CiiAssertion {
  const person = path(`${party}/ram:DefinedTradeContact/ram:PersonName`);
  const department = path(`${party}/ram:DefinedTradeContact/ram:DepartmentName`);
  return warning(rule, (context) => {
    const found = department.first(context);
    return found === null || !person.exists(context) || { at: found, found: found.stringValue };
  });
}

/** Of some types, one supporting document may stand in the agreement. */
function oneDocumentOfType(rule: string, type: string): CiiAssertion {
  return warning(rule, (agreement) => {
    const ofType = supportingDocument.all(agreement).filter((one) => anyIs(typeCode.all(one), type));
    return ofType.length <= 1 || { at: ofType[1] ?? null, found: String(ofType.length), expected: '≤ 1' };
  });
}

/** Something that all attached documents (type code 916) together may hold once. */
function oneInAttachments(rule: string, written: string): CiiAssertion {
  const counts = path(written);
  return warning(rule, (agreement) => {
    const found = supportingDocument
      .all(agreement)
      .filter((one) => normalised(only(typeCode.all(one))?.stringValue ?? '') === '916')
      .flatMap((one) => counts.all(one));
    return found.length <= 1 || { at: found[1] ?? null, found: String(found.length), expected: '≤ 1' };
  });
}

/** EN 16931 has one payment means with several accounts: what CII repeats must be the same each time. */
function sameInAllMeans(rule: string, repeated: Path): CiiAssertion {
  return fatal(rule, (_, facts) => {
    const [first, ...others] = facts.below('SpecifiedTradeSettlementPaymentMeans', repeated);
    if (first === undefined) return true;
    const expected = normalised(first.stringValue);
    const other = others.find((one) => normalised(one.stringValue) !== expected);
    return other === undefined || { at: other, found: other.stringValue, expected };
  });
}
