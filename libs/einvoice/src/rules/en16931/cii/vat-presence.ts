import type { XmlElement } from '../../../xml/element.js';
import { isNamed, nameTest, path } from '../../engine/path.js';
import { fatal, type CiiAssertion } from './assertions.js';
import type { CiiFacts } from './facts.js';

const category = path('ram:CategoryCode');
const headerSettlement = nameTest('ram:ApplicableHeaderTradeSettlement');
const lineSettlement = nameTest('ram:SpecifiedLineTradeSettlement');

/** How many VAT breakdowns, lines, and allowances and charges are of a category. */
interface Presence {
  breakdowns: number;
  lines: number;
  allowancesAndCharges: number;
}

const absent: Readonly<Presence> = { breakdowns: 0, lines: 0, allowancesAndCharges: 0 };

/** What is taxed under a category has a VAT breakdown of that category, and the other way round (rules -01). */
export const presenceAssertions: readonly CiiAssertion[] = [
  hasBreakdown('BR-S-01', 'S'),
  hasOneBreakdown('BR-Z-01', 'Z'),
  hasOneBreakdown('BR-E-01', 'E'),
  hasOneBreakdown('BR-AE-01', 'AE'),
  hasOneBreakdown('BR-IC-01', 'K'),
  hasOneBreakdown('BR-G-01', 'G'),
  // A line outside the scope of VAT does without a breakdown of its own in the official rule.
  fatal('BR-O-01', (_, facts) => {
    const { breakdowns, lines, allowancesAndCharges } = presenceOf('O', facts);
    return breakdowns === 0 || (breakdowns === 1 && lines + allowancesAndCharges > 0) || times(breakdowns);
  }),
  hasBreakdown('BR-AF-01', 'L'),
  hasBreakdown('BR-AG-01', 'M'),
];

/** At least one breakdown: the official rule counts it together with what is taxed, so that two lines pass without any. */
function hasBreakdown(rule: string, code: string): CiiAssertion {
  return fatal(rule, (_, facts) => {
    const { breakdowns, lines, allowancesAndCharges } = presenceOf(code, facts);
    const linesPass = lines === 0 || lines + breakdowns >= 2;
    const othersPass = allowancesAndCharges === 0 || allowancesAndCharges + breakdowns >= 2;
    return (linesPass && othersPass) || { found: String(breakdowns), expected: '≥ 1' };
  });
}

function hasOneBreakdown(rule: string, code: string): CiiAssertion {
  return fatal(rule, (_, facts) => {
    const { breakdowns, lines, allowancesAndCharges } = presenceOf(code, facts);
    const taxed = lines + allowancesAndCharges > 0;
    return breakdowns === (taxed ? 1 : 0) || times(breakdowns);
  });
}

function times(breakdowns: number): { found: string; expected: string } {
  return { found: String(breakdowns), expected: '1' };
}

function presenceOf(code: string, facts: CiiFacts): Readonly<Presence> {
  return facts.keep(presenceOf, () => countByCategory(facts)).get(code) ?? absent;
}

function countByCategory(facts: CiiFacts): ReadonlyMap<string, Presence> {
  const counts = new Map<string, Presence>();
  const count = (tax: XmlElement, part: keyof Presence): void => {
    for (const code of new Set(category.all(tax).map((one) => one.stringValue))) {
      const presence = counts.get(code) ?? { ...absent };
      presence[part]++;
      counts.set(code, presence);
    }
  };
  for (const tax of facts.everywhere('ApplicableTradeTax')) {
    if (tax.parent === null) continue;
    if (isNamed(tax.parent, headerSettlement)) count(tax, 'breakdowns');
    else if (isNamed(tax.parent, lineSettlement)) count(tax, 'lines');
  }
  for (const tax of facts.everywhere('CategoryTradeTax')) count(tax, 'allowancesAndCharges');
  return counts;
}
