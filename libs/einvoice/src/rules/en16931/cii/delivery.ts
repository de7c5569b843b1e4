import { path } from '../../engine/path.js';
import { eitherPresent, fatal, type CiiAssertion, type CiiContext } from './assertions.js';
import { isFilled } from './values.js';

const address = path('ram:ShipToTradeParty/ram:PostalTradeAddress');
const country = path('ram:ShipToTradeParty/ram:PostalTradeAddress/ram:CountryID');
const start = path('ram:StartDateTime');
const end = path('ram:EndDateTime');
const startDate = path('ram:StartDateTime/udt:DateTimeString');
const endDate = path('ram:EndDateTime/udt:DateTimeString');

/** A deliver to address (BG-15) has a country. */
export const deliveryContext: CiiContext = {
  match: '/rsm:CrossIndustryInvoice/rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeDelivery',
  assertions: [
    fatal('BR-57', (delivery) => {
      const found = address.first(delivery);
      if (found === null) return true;
      const countries = country.all(delivery);
      return isFilled(countries) || { at: countries[0] ?? found };
    }),
  ],
};

/** The period that a line is about (BG-26). */
export const linePeriodContext: CiiContext = {
  match: '//ram:SpecifiedLineTradeSettlement/ram:BillingSpecifiedPeriod',
  assertions: [periodInOrder('BR-30'), eitherPresent('BR-CO-20', 'ram:StartDateTime', 'ram:EndDateTime')],
};

/** The period that the invoice is about (BG-14). */
export const invoicePeriodContext: CiiContext = {
  match: '//ram:ApplicableHeaderTradeSettlement/ram:BillingSpecifiedPeriod',
  assertions: [periodInOrder('BR-29'), eitherPresent('BR-CO-19', 'ram:StartDateTime', 'ram:EndDateTime')],
};

/** A period does not end before it starts; dates of format 102 (YYYYMMDD) are ordered as their texts are. */
function periodInOrder(rule: string): CiiAssertion {
  return fatal(rule, (period) => {
    if (!start.exists(period) || !end.exists(period)) return true;
    const starts = startDate.all(period).filter((date) => date.attribute('format') === '102');
    const ends = endDate.all(period).filter((date) => date.attribute('format') === '102');
    if (ends.some((last) => starts.some((first) => last.stringValue >= first.stringValue))) return true;
    const [first, last] = [starts[0] ?? null, ends[0] ?? null];
    return {
      at: last ?? end.first(period),
      found: last?.stringValue ?? null,
      expected: first === null ? null : `≥ ${first.stringValue}`,
    };
  });
}
