import type { InvoiceIntegrated } from '#domain';

/** The first event of an invoice, as the worker records it. */
export function integratedInvoice(data: Partial<InvoiceIntegrated['data']> = {}): InvoiceIntegrated {
  return {
    type: 'InvoiceIntegrated',
    data: {
      flowNumber: 'CPP20261121000000001',
      rank: 1,
      member: null,
      channel: 'SFTP',
      depositedAt: '2026-11-21T09:00:00.000Z',
      sender: { identifier: '55208131766522', name: 'Fournisseur' },
      number: 'F2026-0001',
      issueDate: '2026-11-20',
      typeCode: '380',
      billingFrame: 'A1',
      issuer: { identifier: '55208131766522', name: 'Fournisseur' },
      recipient: { identifier: '11000201100044', name: 'Ministère' },
      validator: null,
      serviceCode: 'COMPTA',
      commitmentNumber: '1300000001',
      contractNumber: null,
      dueDate: null,
      currency: 'EUR',
      totalWithoutVat: '100.00',
      totalVat: '20.00',
      totalWithVat: '120.00',
      amountDue: '120.00',
      syntax: 'UBL',
      rules: ['en16931-1.3.16'],
      warnings: [],
      supportingDocuments: [],
      document: { object: 'a'.repeat(64), offset: 0, length: 10, sha256: 'a'.repeat(64) },
      ...data,
    },
  };
}
