import { specification } from '../testing/given.js';
import { integratedInvoice } from '../../../../test/support/invoice-events.js';
import type { InvoiceEvent, InvoiceReference, SupportingDocument } from './invoice-events.js';
import { evolveInvoice, noInvoice, type Invoice } from './lifecycle.js';
import type { InvoiceStatus } from './invoice-statuses.js';
import { addSupportingDocuments, judgeDocuments } from './supporting-documents.js';

const { given } = specification<Invoice, InvoiceEvent>(noInvoice, evolveInvoice);
const limits = { totalBytes: 100, documents: 3 };
const reference: InvoiceReference = {
  number: 'F2026-0001',
  issueDate: '2026-11-20',
  issuer: '55208131766522',
  sender: '55208131766522',
  recipient: '11000201100044',
  serviceCode: 'COMPTA',
  validator: null,
};

const document = (name: string, size = 10): SupportingDocument => {
  return { name, type: 'application/pdf', size, sha256: name.padEnd(64, '0') };
};
const carried = integratedInvoice({ supportingDocuments: [document('bon', 40)] });
const added = (...supportingDocuments: readonly SupportingDocument[]): InvoiceEvent => ({
  type: 'SupportingDocumentsAdded',
  data: { invoice: reference, status: 'MISE_A_DISPOSITION', supportingDocuments },
});
const moved = (to: InvoiceStatus): InvoiceEvent => ({
  type: 'InvoiceStatusChanged',
  data: {
    ...{ invoice: reference, from: 'MISE_A_DISPOSITION', to, by: 'recipient', reason: null },
    ...{ comment: null, paymentOrder: null, secondValidator: null },
  },
});
const add =
  (...documents: readonly SupportingDocument[]) =>
  (invoice: Invoice) =>
    addSupportingDocuments(invoice, documents, limits);

describe('addSupportingDocuments', () => {
  it('R24 joins documents, to the last byte that is allowed together, and leaves the status as it is', () =>
    given(carried, added(document('a', 20)))
      .when(add(document('b', 40)))
      .then(added(document('b', 40))));

  it('R24 FAC-020 refuses one byte more, with the numbers', () => {
    given(carried, added(document('a', 20)))
      .when(add(document('b', 41)))
      .refused('FAC-020');
    const invoice = evolveInvoice(noInvoice, carried);
    if (invoice.status === null) throw new Error('no invoice');
    expect(judgeDocuments(invoice, [document('b', 61)], limits)).toMatchObject({
      message: 'Les pièces jointes de la facture feraient 101 octets, pour 100 au plus : réduisez-les.',
    });
  });

  it('R24 FAC-021 refuses one document more than is allowed', () =>
    given(carried)
      .when(add(document('a'), document('b'), document('c')))
      .refused('FAC-021'));

  it.each([
    ['that the invoice carries', [document('bon')]],
    ['that was joined before', [document('a')]],
    ['twice', [document('b'), document('b')]],
  ] as const)('R24 FAC-022 refuses a document %s', (_, documents) =>
    given(carried, added(document('a')))
      .when(add(...documents))
      .refused('FAC-022'),
  );

  it.each(['REJETEE', 'MISE_EN_PAIEMENT', 'A_RECYCLER'] as const)(
    'R24 R26 FAC-023 refuses at the status %s',
    (status) =>
      given(carried, moved(status))
        .when(add(document('a')))
        .refused('FAC-023'),
  );

  it('R24 FAC-007 refuses to add nothing', () => given(carried).when(add()).refused('FAC-007'));
  it('R24 FAC-404 refuses what does not exist', () =>
    given()
      .when(add(document('a')))
      .refused('FAC-404'));

  it('R25 counts what a completion brought', () =>
    given(carried, moved('SUSPENDUE'), {
      type: 'InvoiceCompleted',
      data: { invoice: reference, comment: null, supportingDocuments: [document('a')] },
    })
      .when(add(document('a')))
      .refused('FAC-022'));
});
