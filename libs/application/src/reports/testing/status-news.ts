import type { InvoiceStatusNews } from '../cpp-invoice-statuses.js';

/** An invoice that its recipient has suspended. */
export const NEWS: InvoiceStatusNews = {
  number: 'F2026-001',
  issueDate: '2026-09-01',
  issuer: { identifier: '55208131766522', name: 'Fournisseur & fils' },
  issuerType: 'SIRET',
  recipient: '11000201100044',
  serviceCode: 'COMPTA',
  status: 'SUSPENDUE',
  reason: 'JUSTIF_ABS',
  comment: 'Joindre le bon <signé>',
  since: '2026-09-14T20:05:00.000Z',
  paymentOrder: null,
  typeCode: '380',
  billingFrame: 'A1',
  depositedAt: '2026-09-02T08:00:00.000Z',
  validator: null,
};
