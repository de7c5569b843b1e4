import type { Invoice } from '../../../model/invoice.js';
import type { LinePrice } from '../../../model/line.js';
import { Decimal } from '../../engine/decimal.js';
import { memoised } from '../engine/memoised.js';
import { noBreach, unless, warning, type Breach, type ModelRule } from '../engine/model-rule.js';
import { correctionTypeCodes } from '../shapes/codes.js';
import { within } from '../shapes/numbers.js';
import { hasType } from './coherence-rules.js';

const simplifiedInvoiceLimit = new Decimal(150);
const vatCredits = new Set(['261', '381', '396']);

/**
 * Rules of annexe 7 (the tax concentrator's edition 1.8) that no BR-FR rule covers. They bind the flow to the concentrator, not
 * the deposit to the portal: an invoice that breaks one is let in and its sender is warned.
 */
export const annexe7Rules: readonly ModelRule[] = [
  warning('G1.41', (invoice) => {
    const exempt = exemptions(invoice);
    if (exempt.length === 0 || hasType(invoice, correctionTypeCodes) || isSmall(invoice)) return noBreach;
    return exempt
      .filter(({ exemptionReason, exemptionReasonCode }) => exemptionReason === null || exemptionReasonCode === null)
      .map(({ element, exemptionReason }) => ({
        at: element,
        expected: exemptionReason === null ? 'un motif en texte (BT-120)' : 'un code de motif (BT-121)',
      }));
  }),
  warning('G1.47', (invoice) => {
    const [exempt] = exemptions(invoice);
    if (exempt === undefined) return noBreach;
    const numbered = (invoice.seller?.vatNumbers.length ?? 0) > 0;
    return unless(numbered, () => ({ at: invoice.seller?.element ?? invoice.element }));
  }),
  warning('G1.55', ({ lines }) => {
    let breaches: Breach[] | null = null;
    for (const { price } of lines) {
      const breach = breachOfPrice(price);
      if (breach !== null) (breaches ??= []).push(breach);
    }
    return breaches ?? noBreach;
  }),
  warning('G6.21', (invoice) =>
    hasType(invoice, vatCredits)
      ? noBreach
      : invoice.vatBreakdown
          .filter(({ exemptionReasonCode }) => exemptionReasonCode?.value.toUpperCase() === 'VATEX-FR-CNWVAT')
          .map(({ exemptionReasonCode }) => ({
            at: exemptionReasonCode,
            found: invoice.typeCode?.value ?? null,
            expected: [...vatCredits].join(', '),
          })),
  ),
];

/** Net is gross less discount. Most lines have no gross price, or one that is the net price: no decimal is made of these. */
function breachOfPrice({ net, gross, discount }: LinePrice): Breach | null {
  if (net === null || gross === null || (discount === null && gross.value === net.value)) return null;
  if (net.decimal === null || gross.decimal === null) return null;
  const expected = gross.decimal.minus(discount?.decimal ?? 0);
  return within(net.decimal, expected, '0.01') ? null : { at: net, found: net.value, expected: expected.toFixed() };
}

/** The parts of the VAT breakdown that are exempt (category E). */
const exemptions = memoised(({ vatBreakdown }) => vatBreakdown.filter(({ category }) => category?.value === 'E'));

function isSmall({ totals }: Invoice): boolean {
  const total = totals?.totalWithVat?.decimal ?? null;
  return total !== null && total.abs().lt(simplifiedInvoiceLimit);
}
