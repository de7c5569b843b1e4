import { path } from '../../engine/path.js';
import { fatal, siblingTwoDecimals, type CiiAssertion, type CiiContext } from './assertions.js';
import { anyIs, isVat } from './values.js';

const indicator = path('udt:Indicator');
const tax = path('ram:CategoryTradeTax');
const category = path('ram:CategoryCode');

/** Ids of the rules about an allowance or a charge. */
interface Ids {
  readonly amount: string;
  readonly category?: string;
  readonly reason: string;
  /** The second rule that wants a reason. */
  readonly alsoReason: string;
  readonly amountDecimals: string;
  readonly baseDecimals: string;
}

const header = '//ram:ApplicableHeaderTradeSettlement/ram:SpecifiedTradeAllowanceCharge/ram:ChargeIndicator';
const line = '//ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeAllowanceCharge/ram:ChargeIndicator';

/** Document level allowances and charges (BG-20, BG-21). */
export const documentAllowanceContexts: readonly CiiContext[] = [
  allowanceOrCharge(header, 'false', {
    amount: 'BR-31',
    category: 'BR-32',
    reason: 'BR-33',
    alsoReason: 'BR-CO-21',
    amountDecimals: 'BR-DEC-01',
    baseDecimals: 'BR-DEC-02',
  }),
  allowanceOrCharge(header, 'true', {
    amount: 'BR-36',
    category: 'BR-37',
    reason: 'BR-38',
    alsoReason: 'BR-CO-22',
    amountDecimals: 'BR-DEC-05',
    baseDecimals: 'BR-DEC-06',
  }),
];

/** Allowances and charges of a line (BG-27, BG-28). */
export const lineAllowanceContexts: readonly CiiContext[] = [
  allowanceOrCharge(line, 'false', {
    amount: 'BR-41',
    reason: 'BR-42',
    alsoReason: 'BR-CO-23',
    amountDecimals: 'BR-DEC-24',
    baseDecimals: 'BR-DEC-25',
  }),
  allowanceOrCharge(line, 'true', {
    amount: 'BR-43',
    reason: 'BR-44',
    alsoReason: 'BR-CO-24',
    amountDecimals: 'BR-DEC-27',
    baseDecimals: 'BR-DEC-28',
  }),
];

/** The indicator is compared as a text: one that says `1` or `0` is neither a charge nor an allowance to these rules. */
function allowanceOrCharge(match: string, indicated: 'true' | 'false', ids: Ids): CiiContext {
  return {
    match,
    where: (element) => anyIs(indicator.all(element), indicated),
    assertions: [
      besideIndicator(ids.amount, 'ram:ActualAmount'),
      ...(ids.category === undefined ? [] : [vatCategory(ids.category)]),
      besideIndicator(ids.reason, 'ram:Reason', 'ram:ReasonCode'),
      besideIndicator(ids.alsoReason, 'ram:Reason', 'ram:ReasonCode'),
      siblingTwoDecimals(ids.amountDecimals, 'ram:ActualAmount', 'first'),
      siblingTwoDecimals(ids.baseDecimals, 'ram:BasisAmount'),
    ],
  };
}

function besideIndicator(rule: string, ...written: readonly string[]): CiiAssertion {
  const wanted = written.map(path);
  return fatal(rule, ({ parent }) => wanted.some((one) => one.exists(parent)) || { at: parent });
}

function vatCategory(rule: string): CiiAssertion {
  return fatal(rule, ({ parent }) => {
    const taxes = tax.all(parent);
    return taxes.some((one) => isVat(one) && category.exists(one)) || { at: taxes[0] ?? parent };
  });
}
