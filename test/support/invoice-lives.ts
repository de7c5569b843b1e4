import {
  changeStatus,
  completeInvoice,
  correctValidator,
  evolveInvoice,
  INVOICE_STATUS_CODES,
  noInvoice,
  recycleInvoice,
  STATUS_REASONS,
  statusesWithin,
  type Invoice,
  type InvoiceEvent,
  type LivingInvoice,
} from '#domain';
import fc from 'fast-check';
import { integratedInvoice } from './invoice-events.js';

const parties = ['55208131766522', '11000201100044', '13002526500013', '39860733300059'];
const party = fc.constantFrom(...parties).map((identifier) => ({ identifier, name: null }));
const step = fc.record({
  pick: fc.nat(),
  by: fc.constantFrom('issuer' as const, 'recipient' as const, 'validator' as const),
  to: party,
  service: fc.option(fc.constantFrom('COMPTA', 'ACHATS')),
});
/** What everybody will try with an invoice. */
export const invoiceHistory = fc.record({
  sender: party,
  issuer: party,
  recipient: party,
  validator: fc.option(party),
  steps: fc.array(step, { minLength: 6, maxLength: 16 }),
});

/** The events of a life in which everybody does what the table lets them do. */
export function lifeOf(
  index: number,
  { steps, ...parties }: typeof invoiceHistory extends fc.Arbitrary<infer T> ? T : never,
) {
  const first = integratedInvoice({ ...parties, number: `F-${index}`, billingFrame: parties.validator ? 'A9' : 'A1' });
  const events: InvoiceEvent[] = [first];
  let invoice: Invoice = evolveInvoice(noInvoice, first);
  for (const { pick, by, to, service } of steps) {
    const possible = statusesWithin('strict', (invoice as LivingInvoice).status, by);
    const status = possible[pick % possible.length] ?? INVOICE_STATUS_CODES[0] ?? '';
    const said = { reason: null, comment: 'dit', paymentOrder: null };
    const tries = [
      ...[null, ...Object.keys(STATUS_REASONS)].map((reason) =>
        changeStatus(invoice, { to: status, by, ...said, reason }, 'strict'),
      ),
      recycleInvoice(invoice, { recipient: to, serviceCode: service, commitmentNumber: 'EJ', comment: null }),
      completeInvoice(invoice, { comment: 'voici', supportingDocuments: [] }),
      correctValidator(invoice, { validator: to, comment: null }),
    ];
    const decision = tries.find(({ accepted }) => accepted);
    if (decision?.accepted !== true) continue;
    events.push(...decision.events);
    invoice = decision.events.reduce(evolveInvoice, invoice);
  }
  return { first, events, invoice: invoice as LivingInvoice };
}
