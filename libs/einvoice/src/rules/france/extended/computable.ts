import type { Invoice } from '../../../model/invoice.js';
import type { Value } from '../../../model/value.js';
import { parseExact } from '../../engine/exact.js';
import { memoised } from '../engine/memoised.js';
import { fatal, noBreach, type Breach, type ModelRule } from '../engine/model-rule.js';
import { taxedParts } from './taxed-parts.js';

/** The values that the sums are computed with and that are no decimal numbers. */
const notComputable: (invoice: Invoice) => readonly Value[] = memoised((invoice) => {
  const { totals, totalVat, vatBreakdown, lines } = invoice;
  const values: (Value | null | undefined)[] = [
    totals?.linesTotal,
    totals?.allowancesTotal,
    totals?.chargesTotal,
    totals?.totalWithoutVat,
    totalVat,
    totals?.totalWithVat,
    totals?.paidAmount,
    totals?.roundingAmount,
    totals?.amountDue,
  ];
  for (const { taxableAmount, taxAmount, rate } of vatBreakdown) values.push(taxableAmount, taxAmount, rate);
  for (const { amount, rate } of taxedParts(invoice)) values.push(amount, rate);
  // Groups of lines are no parts, and their amounts are compared all the same.
  for (const { statusReason, netAmount } of lines) if (statusReason?.value === 'GROUP') values.push(netAmount);
  return values.filter((value) => value !== null && value !== undefined && parseExact(value.value) === null) as Value[];
});

/** A number that is none leaves the invoice without a verdict, and it must not pass: this says so instead of the sums. */
export const computableRule: ModelRule = fatal('VALUE-NOT-COMPUTABLE', (invoice) =>
  notComputable(invoice).map((at) => ({ at, found: at.value })),
);

/** A rule that is judged when all the numbers are numbers. */
export function computed(breaches: (invoice: Invoice) => readonly Breach[]): (invoice: Invoice) => readonly Breach[] {
  return (invoice) => (notComputable(invoice).length > 0 ? noBreach : breaches(invoice));
}
