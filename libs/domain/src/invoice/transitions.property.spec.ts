import fc from 'fast-check';
import { integratedInvoice } from '../../../../test/support/invoice-events.js';
import { INVOICE_STATUSES, INVOICE_STATUS_CODES, statusOfCppStatut, type InvoiceStatus } from './invoice-statuses.js';
import { evolveInvoice, noInvoice } from './lifecycle.js';
import { changeStatus, completeInvoice, correctValidator, recycleInvoice } from './status-decisions.js';
import { REASONS_OF_STATUS, STATUS_REASONS } from './status-reasons.js';
import { STRICT_TRANSITIONS, transitionsOf, type LifecycleMode, type LifecycleRole } from './transitions.js';

const modes: readonly LifecycleMode[] = ['strict', 'historic'];
const roles: readonly LifecycleRole[] = ['issuer', 'recipient', 'validator', 'system'];
const isFinal = (status: InvoiceStatus): boolean => 'final' in INVOICE_STATUSES[status];

/** Anything that somebody may ask for; half of the time (`aimed`) something that the table lets them do. */
const step = fc.record({
  aimed: fc.boolean(),
  pick: fc.nat(),
  to: fc.constantFrom(...INVOICE_STATUS_CODES),
  by: fc.constantFrom(...roles),
  reason: fc.option(fc.constantFrom(...Object.keys(STATUS_REASONS))),
  comment: fc.option(fc.constant('parce que')),
});

describe('the life of an invoice', () => {
  it.each(modes)('R25 a required reason is one that the status has (%s)', (mode) => {
    const asking = transitionsOf(mode).filter(({ reason }) => reason === 'required');
    expect(asking.length).toBeGreaterThan(0);
    for (const { to } of asking) expect(REASONS_OF_STATUS[to]?.length).toBeGreaterThan(0);
  });

  it('R25 nothing follows a final status in the strict life, and something follows every other', () => {
    const followed = new Set(STRICT_TRANSITIONS.flatMap(({ from }) => from));
    expect(INVOICE_STATUS_CODES.filter((status) => !followed.has(status))).toEqual(
      INVOICE_STATUS_CODES.filter(isFinal),
    );
  });

  it('R25 every status that has a CPPStatut code is found by it', () => {
    const coded = INVOICE_STATUS_CODES.filter((status) => INVOICE_STATUSES[status].cppStatut !== null);
    expect(coded.map((status) => statusOfCppStatut(INVOICE_STATUSES[status].cppStatut ?? ''))).toEqual(coded);
    expect(statusOfCppStatut('99')).toBeNull();
  });

  it.each(modes)('R25 R26 R27 whatever is tried, only transitions of the table happen (%s)', (mode) => {
    const table = transitionsOf(mode);
    const validator = { identifier: '39860733300059', name: null };
    let moves = 0;
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 25 }), (toValidate, steps) => {
        const first = integratedInvoice(toValidate ? { billingFrame: 'A9', validator } : {});
        let invoice = evolveInvoice(noInvoice, first);
        for (const { aimed, pick, ...asked } of steps) {
          const possible = aimed
            ? table.filter(({ from }) => invoice.status !== null && from.includes(invoice.status))
            : [];
          const aim = possible[pick % possible.length];
          const { to, by, comment } = { ...asked, ...(aim === undefined ? {} : { to: aim.to, by: aim.by }) };
          const reason = aim === undefined ? asked.reason : (REASONS_OF_STATUS[to]?.[0] ?? null);
          const tries = [
            changeStatus(invoice, { to, by, reason, comment, paymentOrder: null }, mode),
            recycleInvoice(invoice, { recipient: validator, serviceCode: null, commitmentNumber: to, comment }),
            completeInvoice(invoice, { comment, supportingDocuments: [] }),
            correctValidator(invoice, { validator: { identifier: `${steps.length}`, name: null }, comment }),
          ];
          for (const decision of tries) {
            if (!decision.accepted) continue;
            for (const event of decision.events) {
              const from = invoice.status;
              const next = evolveInvoice(invoice, event);
              const rule = table.find((one) => one.to === next.status && from !== null && one.from.includes(from));
              expect(rule).toBeDefined();
              if (event.type === 'InvoiceStatusChanged') {
                expect(event.data.from).toBe(from);
                if (rule?.reason === 'required') expect(event.data.reason).not.toBeNull();
              }
              if (event.type !== 'InvoiceRecycled' && 'recipient' in invoice && 'recipient' in next)
                expect(next.recipient).toEqual(invoice.recipient);
              invoice = next;
              moves += 1;
            }
            break; // one decision a step
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(moves).toBeGreaterThan(300);
  });
});
