import { path } from '../../engine/path.js';
import { fatal, filled, present, type CiiAssertion } from './assertions.js';
import { anyIs, isAttributeFilled, isFilled } from './values.js';

const agreement = 'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement';
const issueDate = path('rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString');

/** Rules about the document as a whole and the parties that every invoice names (BR-01 to BR-16, BR-62, BR-63). */
export const documentAssertions: readonly CiiAssertion[] = [
  filled('BR-01', 'rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID'),
  filled('BR-02', 'rsm:ExchangedDocument/ram:ID'),
  fatal('BR-03', (invoice) => {
    const dates = issueDate.all(invoice);
    if (isFilled(dates.filter((date) => date.attribute('format') === '102'))) return true;
    const [date = null] = dates;
    return { at: date, found: date?.attribute('format') ?? null, expected: '102' };
  }),
  filled('BR-04', 'rsm:ExchangedDocument/ram:TypeCode'),
  filled('BR-05', 'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/ram:InvoiceCurrencyCode'),
  filled('BR-06', `${agreement}/ram:SellerTradeParty/ram:Name`),
  filled('BR-07', `${agreement}/ram:BuyerTradeParty/ram:Name`),
  present('BR-08', `${agreement}/ram:SellerTradeParty/ram:PostalTradeAddress`),
  filled('BR-09', `${agreement}/ram:SellerTradeParty/ram:PostalTradeAddress/ram:CountryID`),
  present('BR-10', `${agreement}/ram:BuyerTradeParty/ram:PostalTradeAddress`),
  filled('BR-11', `${agreement}/ram:BuyerTradeParty/ram:PostalTradeAddress/ram:CountryID`),
  fatal('BR-16', (_, facts) => facts.everywhere('IncludedSupplyChainTradeLineItem').length > 0),
  electronicAddressScheme('BR-62', 'ram:SellerTradeParty'),
  electronicAddressScheme('BR-63', 'ram:BuyerTradeParty'),
];

/** Rules of the Italian split payment, category B (BR-B-01, BR-B-02). */
export const splitPaymentAssertions: readonly CiiAssertion[] = [
  fatal('BR-B-01', (_, facts) => {
    if (!anyIs(facts.everywhere('CategoryCode'), 'B')) return true;
    const abroad = facts.everywhere('CountryID').find((country) => country.stringValue !== 'IT');
    return abroad === undefined || { at: abroad, found: abroad.stringValue, expected: 'IT' };
  }),
  fatal('BR-B-02', (_, facts) => {
    const categories = facts.everywhere('CategoryCode');
    const standard = categories.find((category) => category.stringValue === 'S');
    return standard === undefined || !anyIs(categories, 'B') || { at: standard, found: 'S', expected: 'B' };
  }),
];

/** An electronic address (BT-34, BT-49) names its scheme. */
function electronicAddressScheme(rule: string, party: string): CiiAssertion {
  const parties = path(`${agreement}/${party}`);
  const address = path('ram:URIUniversalCommunication');
  const identifier = path('ram:URIID');
  return fatal(rule, (invoice) => {
    const addresses = parties.all(invoice).flatMap((one) => address.first(one) ?? []);
    if (addresses.length === 0) return true;
    const identifiers = addresses.flatMap((one) => identifier.all(one));
    return isAttributeFilled(identifiers, 'schemeID') || { at: identifiers[0] ?? addresses[0] ?? null };
  });
}
