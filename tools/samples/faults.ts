/** The syntaxes in which samples are written: UBL 2.1 and UN/CEFACT CII D16B. */
export type SampleFormat = 'UBL' | 'CII';

/**
 * The bad invoices that can be asked for. The first group damages the written document; `recipient-…` and `duplicate`
 * give a document that is right by itself and wrong for the platform.
 *
 * - `missing-number` (BT-1), `missing-date` (BT-2), `missing-recipient` (BG-7 and all in it), `missing-total` (BT-112)
 * - `impossible-date`: issued on 30 February
 * - `not-well-formed`: a bare `&` in the supplier's name, with all tags in place, so that a splitter can still find the
 *   neighbours
 * - `doctype`: a document type declaration with an entity, to be refused before anything is expanded
 * - `unknown-root`: a root element in no known vocabulary
 * - `recipient-unknown`, `recipient-inactive`: addressed to the directory's `unknownRecipient`, `inactiveRecipient`
 * - `duplicate`: takes the number of an earlier invoice of the same supplier and year
 */
export const FAULT_KINDS = [
  'missing-number',
  'missing-date',
  'missing-recipient',
  'missing-total',
  'not-well-formed',
  'doctype',
  'unknown-root',
  'recipient-unknown',
  'recipient-inactive',
  'duplicate',
  'impossible-date',
] as const;

/** One of {@link FAULT_KINDS}. */
export type FaultKind = (typeof FAULT_KINDS)[number];

type Damage = readonly [pattern: RegExp, replacement: string];

const UBL_DAMAGES: Partial<Record<FaultKind, Damage>> = {
  'missing-number': [/(<cbc:ProfileID>[^<]*<\/cbc:ProfileID>)<cbc:ID>[^<]*<\/cbc:ID>/, '$1'],
  'missing-date': [/<cbc:IssueDate>[^<]*<\/cbc:IssueDate>/, ''],
  'missing-recipient': [/<cac:AccountingCustomerParty>.*<\/cac:AccountingCustomerParty>/s, ''],
  'missing-total': [/<cbc:TaxInclusiveAmount[^>]*>[^<]*<\/cbc:TaxInclusiveAmount>/, ''],
  'not-well-formed': [/(<cbc:RegistrationName>)/, '$1Frères & Cie, '],
  doctype: [/(<Invoice )/, '<!DOCTYPE Invoice [<!ENTITY mention "incluse">]>$1'],
  'unknown-root': [/<Invoice xmlns="[^"]*"(.*)<\/Invoice>$/s, '<Facture xmlns="urn:exemple:facture:1"$1</Facture>'],
  'impossible-date': [/(<cbc:IssueDate>\d{4})-\d\d-\d\d/, '$1-02-30'],
};

const CII_DAMAGES: Partial<Record<FaultKind, Damage>> = {
  'missing-number': [/(<rsm:ExchangedDocument>)<ram:ID>[^<]*<\/ram:ID>/, '$1'],
  'missing-date': [/<ram:IssueDateTime>.*<\/ram:IssueDateTime>/s, ''],
  'missing-recipient': [/<ram:BuyerTradeParty>.*<\/ram:BuyerTradeParty>/s, ''],
  'missing-total': [/<ram:GrandTotalAmount>[^<]*<\/ram:GrandTotalAmount>/, ''],
  'not-well-formed': [/(<ram:SellerTradeParty><ram:GlobalID[^>]*>\d+<\/ram:GlobalID><ram:Name>)/, '$1Frères & Cie, '],
  doctype: [/(<rsm:CrossIndustryInvoice )/, '<!DOCTYPE rsm:CrossIndustryInvoice [<!ENTITY mention "incluse">]>$1'],
  'unknown-root': [
    /<rsm:CrossIndustryInvoice xmlns:rsm="[^"]*"(.*)<\/rsm:CrossIndustryInvoice>$/s,
    '<rsm:Facture xmlns:rsm="urn:exemple:facture:1"$1</rsm:Facture>',
  ],
  'impossible-date': [/(<ram:IssueDateTime><udt:DateTimeString format="102">\d{4})\d{4}/, '$10230'],
};

/**
 * Damages a written invoice. Kinds that are wrong only for the platform leave the text as it is: their fault is in the
 * party or in the number that the document was written with.
 *
 * @throws Error when the document had nothing to damage, so that no test takes a good invoice for a bad one
 */
export function damageInvoice(xml: string, format: SampleFormat, kind: FaultKind): string {
  const damage = (format === 'UBL' ? UBL_DAMAGES : CII_DAMAGES)[kind];
  if (!damage) return xml;
  const damaged = xml.replace(damage[0], damage[1]);
  if (damaged === xml) throw new Error(`no place in this ${format} document for the fault ${kind}`);
  return damaged;
}
