import type { XmlElement } from '../../../xml/element.js';
import { absolute, compare, minus, onlyExact, percentOf, roundsToZero, type Exact } from '../../engine/exact.js';
import { path } from '../../engine/path.js';
import { fatal, present, twoDecimals, type CiiContext } from './assertions.js';
import { shown } from './rounding.js';
import { normalised } from '../../engine/values.js';
import { anyIs, isVat, only } from './values.js';

const type = path('ram:TypeCode');
const category = path('ram:CategoryCode');
const rate = path('ram:RateApplicablePercent');
const basisAmount = path('ram:BasisAmount');
const taxAmount = path('ram:CalculatedAmount');
/** One unit of currency, in hundredths. */
const one: Exact = 100;

/**
 * A VAT breakdown (BG-23). The breakdowns of categories L, M and O have contexts of their own before this one, which
 * therefore never is about them.
 */
export const breakdownContext: CiiContext = {
  match: '//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax',
  assertions: [
    present('BR-45', 'ram:BasisAmount'),
    present('BR-46', 'ram:CalculatedAmount'),
    fatal('BR-47', (tax) => isVat(tax) && category.exists(tax)),
    fatal('BR-48', (tax) => isVat(tax) && (rate.exists(tax) || anyIs(category.all(tax), 'O'))),
    fatal('BR-CO-03', (_, facts) => {
      const [dates, codes] = [facts.everywhere('TaxPointDate'), facts.everywhere('DueDateTypeCode')];
      return dates.length === 0 || codes.length === 0 || { at: codes[0] ?? null, found: codes[0]?.stringValue ?? null };
    }),
    fatal('BR-CO-17', (tax) => {
      const percent = isTrimmedVat(tax) ? onlyExact(rate.all(tax)) : null;
      const amounts = taxAmount.all(tax);
      const declared = onlyExact(amounts);
      if (declared === null) return false;
      const found = { at: amounts[0] ?? null, found: amounts[0]?.stringValue ?? null };
      const noTax = roundsToZero(declared);
      if (percent === null || roundsToZero(percent)) {
        return noTax || { ...found, expected: '0' };
      }
      const basis = onlyExact(basisAmount.all(tax));
      if (basis === null) return found;
      const expected = percentOf(absolute(basis), percent);
      const near = compare(absolute(minus(absolute(declared), expected)), one) <= 0;
      return near || { ...found, expected: shown(expected) };
    }),
    twoDecimals('BR-DEC-19', 'ram:BasisAmount'),
    twoDecimals('BR-DEC-20', 'ram:CalculatedAmount'),
  ],
};

/** BR-CO-17 alone looks past white space around the type of a tax. */
function isTrimmedVat(tax: XmlElement): boolean {
  const text = only(type.all(tax))?.stringValue ?? '';
  return normalised(text.toUpperCase()) === 'VAT';
}
