import { integratedInvoice } from '../../../../test/support/invoice-events.js';
import { specification } from '../testing/given.js';
import { creditInvoice, creditNoteOf, isCreditNoteType, precedingStream } from './credit-notes.js';
import { invoiceStream, type CreditNote, type InvoiceEvent } from './invoice-events.js';
import { evolveInvoice, invoiceReference, noInvoice, type Invoice } from './lifecycle.js';

const { given } = specification<Invoice, InvoiceEvent>(noInvoice, evolveInvoice);
const original = integratedInvoice({ totalWithVat: '120.00' });
const invoice = evolveInvoice(noInvoice, original);
const reference = invoice.status === null ? null : invoiceReference(invoice);

const note = (number: string, change: Partial<CreditNote> = {}): CreditNote => {
  return { number, issueDate: '2026-11-21', amount: '20.00', currency: 'EUR', ...change };
};
const credited = (creditNote: CreditNote, cancelled: boolean): InvoiceEvent => {
  if (reference === null) throw new Error('The invoice is there');
  return {
    type: 'InvoiceCredited',
    data: { invoice: reference, status: 'MISE_A_DISPOSITION', creditNote, cancelled },
  };
};

describe('creditInvoice', () => {
  it('R25 tells an invoice of a credit note about it, and leaves its status', () => {
    given(original)
      .when((state) => creditInvoice(state, note('A-1')))
      .then(credited(note('A-1'), false));
    expect(evolveInvoice(invoice, credited(note('A-1'), true)).status).toBe('MISE_A_DISPOSITION');
  });

  it('R25 says when the credit notes together take back all that was invoiced, whatever their sign', () => {
    given(original, credited(note('A-1'), false))
      .when((state) => creditInvoice(state, note('A-2', { amount: '-100.00' })))
      .then(credited(note('A-2', { amount: '-100.00' }), true));
  });

  it.each<[string, CreditNote]>([
    ['of another currency', note('A-1', { amount: '120.00', currency: 'USD' })],
    ['about several invoices, of which nobody says how much is whose', note('A-1', { amount: null })],
    ['whose amount is none', note('A-1', { amount: 'cent vingt' })],
    ['that takes back a part', note('A-1', { amount: '119.99' })],
  ])('R25 does not call an invoice cancelled by a credit note %s', (_, creditNote) =>
    given(original)
      .when((state) => creditInvoice(state, creditNote))
      .then(credited(creditNote, false)),
  );

  it('R46 tells it once of each credit note, and takes that of another year for another one', () => {
    given(original, credited(note('A-1'), false))
      .when((state) => creditInvoice(state, note('A-1')))
      .then();
    given(original, credited(note('A-1'), false))
      .when((state) => creditInvoice(state, note('A-1', { issueDate: '2027-01-02' })))
      .then(credited(note('A-1', { issueDate: '2027-01-02' }), false));
  });

  it('R25 does nothing for an invoice that is not there', () =>
    given()
      .when((state) => creditInvoice(state, note('A-1')))
      .then());
});

describe('what a credit note says', () => {
  it('R25 is of its own amount when it is about one invoice, and of none when it is about several', () => {
    const { data } = integratedInvoice({ number: 'A-1', precedingInvoices: [{ number: 'F-1', issueDate: null }] });
    expect(creditNoteOf(data)).toEqual({ number: 'A-1', issueDate: '2026-11-20', amount: '120.00', currency: 'EUR' });
    const several = [...(data.precedingInvoices ?? []), { number: 'F-2', issueDate: null }];
    expect(creditNoteOf({ ...data, precedingInvoices: several }).amount).toBeNull();
  });

  it('R25 leads to an invoice of the same issuer and year, and nowhere without a date', () => {
    const issuer = '55208131766522';
    expect(precedingStream(issuer, { number: 'F-1', issueDate: '2026-01-02' })).toBe(
      invoiceStream('55208131700019', 'F-1', '2026-12-31'),
    );
    expect(precedingStream(issuer, { number: 'F-1', issueDate: null })).toBeNull();
  });

  it.each([
    ['381', true],
    ['261', true],
    ['380', false],
    ['384', false],
    [null, false],
  ])('R25 takes a document of type %s for a credit note: %s', (type, is) => expect(isCreditNoteType(type)).toBe(is));
});
