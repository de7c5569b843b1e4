import type { XmlElement } from '../../../../xml/element.js';
import { namespaces } from '../../../../xml/namespaces.js';
import { absentPaths } from '../../../engine/absent-paths.js';
import { path } from '../../../engine/path.js';
import { settledWhen } from '../../../engine/settled.js';
import { fatal, warning, type CiiAssertion, type CiiContext } from '../assertions.js';
import { anyIs, attributesOf } from '../values.js';
import {
  addressPaths,
  amountPaths,
  contextParameterPaths,
  documentTypeCodePaths,
  identifierPaths,
  lineCategoryPaths,
  periodPaths,
  plainIdentifierPaths,
  quantityPaths,
  referencePaths,
  taxPaths,
  typeCodePaths,
} from './data-type-paths.js';

const invoice = '/rsm:CrossIndustryInvoice';
const line = `${invoice}/rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem`;
const typeCode = path('ram:TypeCode');
const billedQuantity = path(
  'rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem/ram:SpecifiedLineTradeDelivery/ram:BilledQuantity',
);
/** A day of format 102, YYYYMMDD, with white space of XML around it; digits of any script count in its year. */
const dayPattern = /^[ \t\r\n]*\p{Nd}{4}(?:1[0-2]|0[1-9])(?:3[01]|[12][0-9]|0[1-9])[ \t\r\n]*$/u;

/** The parts of the data types of CII that EN 16931 does not use (CII-DT-*), in the order of the official pattern. */
export const dataTypeContexts: readonly CiiContext[] = [
  ending('*', 'DocumentContextParameter', absentPaths('warning', contextParameterPaths)),
  {
    match: [
      `${invoice}/rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID`,
      `${invoice}/rsm:ExchangedDocument/ram:ID`,
      `${line}/ram:AssociatedDocumentLineDocument/ram:LineID`,
      `${line}/ram:SpecifiedTradeProduct/ram:SellerAssignedID`,
    ].join(' | '),
    assertions: [],
    intruders: absentPaths('fatal', plainIdentifierPaths),
  },
  ending('ram:*', 'ID', absentPaths('fatal', identifierPaths)),
  { match: '//ram:TypeCode', assertions: [], intruders: absentPaths('fatal', typeCodePaths) },
  {
    // The context before this one takes every type code: like the official rules, these never fire.
    match: `${invoice}/rsm:ExchangedDocument/ram:TypeCode`,
    assertions: [],
    intruders: absentPaths('fatal', documentTypeCodePaths),
  },
  {
    match: `${line}/ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax/ram:CategoryCode`,
    assertions: [],
    intruders: absentPaths('warning', lineCategoryPaths),
  },
  {
    ...ending('ram:*', 'ReferencedDocument', absentPaths('fatal', referencePaths)),
    assertions: [
      onlyInSupporting('CII-DT-015', 'ram:URIID', '916'),
      onlyInSupporting('CII-DT-018', 'ram:TypeCode', '50', '130', '916'),
      onlyInSupporting('CII-DT-021', 'ram:Name', '916'),
      onlyInSupporting('CII-DT-022', 'ram:AttachmentBinaryObject', '916'),
      onlyInSupporting('CII-DT-024', 'ram:ReferenceTypeCode', '130'),
      absentUnless('fatal', 'CII-DT-027', 'ram:FormattedIssueDateTime', (document) =>
        isRam(document, 'InvoiceReferencedDocument'),
      ),
    ],
  },
  {
    ...ending('ram:*', 'Amount', absentPaths('fatal', amountPaths)),
    named: (localName) => localName.endsWith('Amount') && localName !== 'TaxTotalAmount',
  },
  {
    ...ending('ram:*', 'Quantity', absentPaths('fatal', quantityPaths)),
    assertions: [
      fatal('CII-DT-033', (quantity, facts) => {
        const unit = quantity.attribute('unitCode');
        if (unit === null) return true;
        const hasUnits = facts.keep(billedQuantity, () => attributesOf(billedQuantity.all(facts.invoice), 'unitCode'));
        return hasUnits.length > 0 || { found: unit };
      }),
    ],
  },
  {
    ...ending('ram:*', 'TradeTax', absentPaths('warning', taxPaths)),
    assertions: [
      fatal('CII-DT-037', (tax) => {
        const types = typeCode.all(tax);
        if (types.length === 0 || anyIs(types, 'VAT')) return true;
        return { at: types[0] ?? null, found: types[0]?.stringValue ?? null, expected: 'VAT' };
      }),
      absentUnless('warning', 'CII-DT-041', 'ram:BasisAmount', isInHeaderSettlement),
      absentUnless('warning', 'CII-DT-052', 'ram:ExemptionReasonCode', (tax) => isRam(tax, 'ApplicableTradeTax')),
      absentUnless('warning', 'CII-DT-098', 'ram:ExemptionReason', (tax) => isRam(tax, 'ApplicableTradeTax')),
      absentUnless('warning', 'CII-DT-054', 'ram:TaxPointDate', isInHeaderSettlement),
      absentUnless('warning', 'CII-DT-058', 'ram:DueDateTypeCode', isInHeaderSettlement),
    ],
  },
  { match: '//ram:BillingSpecifiedPeriod', assertions: [], intruders: absentPaths('fatal', periodPaths) },
  { match: '//ram:PostalTradeAddress', assertions: [], intruders: absentPaths('fatal', addressPaths) },
  {
    match: '//udt:DateTimeString',
    where: (date) => date.attribute('format') === '102',
    assertions: [
      fatal('CII-DT-097', (date) => {
        const text = date.stringValue;
        return dayPattern.test(text) || { found: text };
      }),
    ],
  },
];

/** Every element whose name ends like that. */
function ending(match: '*' | 'ram:*', end: string, intruders: CiiContext['intruders']): CiiContext {
  const context = { match, named: (localName: string) => localName.endsWith(end), assertions: [] };
  return intruders === undefined ? context : { ...context, intruders };
}

/** Something that may stand in a supporting document of some types alone. */
function onlyInSupporting(rule: string, written: string, ...types: readonly string[]): CiiAssertion {
  return absentUnless(
    'fatal',
    rule,
    written,
    (document) => isRam(document, 'AdditionalReferencedDocument') && anyIs(typeCode.all(document), ...types),
  );
}

function absentUnless(
  severity: 'fatal' | 'warning',
  rule: string,
  written: string,
  allowed: (context: XmlElement) => boolean,
): CiiAssertion {
  const unwanted = path(written);
  const assertion = (severity === 'fatal' ? fatal : warning)(rule, (context) => {
    const found = unwanted.first(context);
    return found === null || allowed(context) || { at: found, found: found.name.written };
  });
  return { ...assertion, ...settledWhen([unwanted], (context) => !unwanted.exists(context)) };
}

function isRam(element: XmlElement, localName: string): boolean {
  return element.localName === localName && element.namespace === namespaces.ram;
}

function isInHeaderSettlement({ parent }: XmlElement): boolean {
  return parent !== null && (isRam(parent, 'ApplicableHeaderTradeSettlement') || isInHeaderSettlement(parent));
}
