import { initialStatus, type InvoiceEvent, type InvoiceIntegrated, type SupportingDocument } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import { columnText } from './column-text.js';
import { invoiceId } from './invoice-id.js';
import { insertReferences, markCredited } from './invoice-references.js';
import type { Projection } from './projection.js';

/** Invoices with where they stand in their lives, as people list and search them (R25 to R27). */
export const invoicesProjection: Projection = {
  name: 'invoices',
  types: [
    'InvoiceIntegrated',
    'InvoiceStatusChanged',
    'InvoiceRecycled',
    'InvoiceCompleted',
    'SupportingDocumentsAdded',
    'InvoiceValidatorCorrected',
    'RejectionAcknowledged',
    'InvoiceCredited',
  ],
  tables: ['read.invoices', 'read.invoice_references'],
  async handle(events, tx) {
    // An invoice's first event comes before its others, so all first events of a batch may be written ahead, at once.
    await insertIntegrated(events, tx);
    await insertReferences(events, tx);
    for (const event of events) await apply(event, tx);
  },
};

async function apply(recorded: RecordedEvent, tx: PoolClient): Promise<void> {
  const event = { type: recorded.type, data: recorded.data } as InvoiceEvent;
  const id = invoiceId(recorded.stream);
  const since = recorded.occurredAt;
  switch (event.type) {
    case 'InvoiceIntegrated':
      return;
    case 'InvoiceStatusChanged': {
      const { to, by, reason, comment, paymentOrder, invoice } = event.data;
      await tx.query(
        `UPDATE read.invoices SET status = $2, status_since = $3, reason = $4, comment = $5,
                payment_order = coalesce($6, payment_order), validator = coalesce($7, validator),
                made_available_at = CASE WHEN $8 THEN $3 ELSE made_available_at END
          WHERE id = $1`,
        [
          id,
          to,
          since,
          reason,
          columnText(comment),
          columnText(paymentOrder),
          columnText(invoice.validator),
          // A recipient who sets it again, as the historic life lets them, has had the invoice since before.
          by === 'system' && to === 'MISE_A_DISPOSITION',
        ],
      );
      return;
    }
    case 'InvoiceRecycled': {
      const { recipient, serviceCode, commitmentNumber, comment } = event.data;
      await tx.query(
        `UPDATE read.invoices SET status = 'MISE_A_DISPOSITION', status_since = $2, made_available_at = $2, reason = NULL,
                comment = $3, recipient = $4, recipient_name = $5, service_code = $6, commitment_number = $7
          WHERE id = $1`,
        [id, since, ...[comment, recipient.identifier, recipient.name, serviceCode, commitmentNumber].map(columnText)],
      );
      return;
    }
    case 'InvoiceCompleted':
      await tx.query(
        `UPDATE read.invoices SET status = 'COMPLETEE', status_since = $2, reason = NULL, comment = $3,
                supporting_documents = (supporting_documents::jsonb || $4::jsonb)::json
          WHERE id = $1`,
        [id, since, columnText(event.data.comment), documents(event.data.supportingDocuments, since)],
      );
      return;
    case 'SupportingDocumentsAdded':
      await tx.query(
        `UPDATE read.invoices SET supporting_documents = (supporting_documents::jsonb || $2::jsonb)::json WHERE id = $1`,
        [id, documents(event.data.supportingDocuments, since)],
      );
      return;
    case 'InvoiceValidatorCorrected':
      await tx.query(
        `UPDATE read.invoices SET status = 'A_VALIDER_1', status_since = $2, reason = NULL, comment = $3, validator = $4
          WHERE id = $1`,
        [id, since, columnText(event.data.comment), columnText(event.data.validator.identifier)],
      );
      return;
    case 'RejectionAcknowledged':
      await tx.query('UPDATE read.invoices SET rejection_acknowledged = true WHERE id = $1', [id]);
      return;
    case 'InvoiceCredited':
      await markCredited(id, event.data, tx);
      return;
  }
}

/** How a column is filled from an invoice's first event, and its type in PostgreSQL. */
type Column = readonly [
  name: string,
  type: string,
  of: (data: InvoiceIntegrated['data'], event: RecordedEvent) => unknown,
];

const COLUMNS: readonly Column[] = [
  ['id', 'uuid', (_, { stream }) => invoiceId(stream)],
  ['stream', 'text', (_, { stream }) => stream],
  ['number', 'text', ({ number }) => columnText(number)],
  ['issue_date', 'text', ({ issueDate }) => columnText(issueDate)],
  ['type_code', 'text', ({ typeCode }) => columnText(typeCode)],
  ['billing_frame', 'text', ({ billingFrame }) => columnText(billingFrame)],
  ['issuer', 'text', ({ issuer }) => columnText(issuer.identifier)],
  ['issuer_name', 'text', ({ issuer }) => columnText(issuer.name)],
  ['recipient', 'text', ({ recipient }) => columnText(recipient.identifier)],
  ['recipient_name', 'text', ({ recipient }) => columnText(recipient.name)],
  ['validator', 'text', ({ validator }) => columnText(validator?.identifier ?? null)],
  ['service_code', 'text', ({ serviceCode }) => columnText(serviceCode)],
  ['commitment_number', 'text', ({ commitmentNumber }) => columnText(commitmentNumber)],
  ['contract_number', 'text', ({ contractNumber }) => columnText(contractNumber)],
  ['due_date', 'text', ({ dueDate }) => columnText(dueDate)],
  ['currency', 'text', ({ currency }) => columnText(currency)],
  ['total_without_vat', 'numeric', ({ totalWithoutVat }) => amount(totalWithoutVat)],
  ['total_vat', 'numeric', ({ totalVat }) => amount(totalVat)],
  ['total_with_vat', 'numeric', ({ totalWithVat }) => amount(totalWithVat)],
  ['amount_due', 'numeric', ({ amountDue }) => amount(amountDue)],
  ['status', 'text', (data) => initialStatus(data)],
  ['status_since', 'timestamptz', (_, { occurredAt }) => occurredAt],
  [
    'made_available_at',
    'timestamptz',
    (data, { occurredAt }) => (initialStatus(data) === 'MISE_A_DISPOSITION' ? occurredAt : null),
  ],
  ['channel', 'text', ({ channel }) => channel],
  ['sender', 'text', ({ sender }) => columnText(sender.identifier)],
  ['flow_number', 'text', ({ flowNumber }) => flowNumber],
  ['deposited_at', 'timestamptz', ({ depositedAt }) => depositedAt],
  ['document', 'json', ({ document }) => JSON.stringify(document)],
  ['supporting_documents', 'json', ({ supportingDocuments }) => documents(supportingDocuments)],
];

const INSERT = `INSERT INTO read.invoices (${COLUMNS.map(([name]) => name).join(', ')})
  SELECT * FROM unnest(${COLUMNS.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')})`;

async function insertIntegrated(events: readonly RecordedEvent[], tx: PoolClient): Promise<void> {
  const integrated = events.filter(({ type }) => type === 'InvoiceIntegrated');
  if (integrated.length === 0) return;
  const valuesOf = ([, , of]: Column): unknown[] =>
    integrated.map((event) => of(event.data as InvoiceIntegrated['data'], event));
  await tx.query(INSERT, COLUMNS.map(valuesOf));
}

/** An amount as a `numeric` column takes it; null for anything else, which must not stop everybody's projection. */
function amount(text: string | null): string | null {
  return text !== null && /^[+-]?\d{1,60}(?:\.\d{0,60})?$/.test(text) ? text : null;
}

/**
 * As JSON that PostgreSQL takes: it has no place for NUL, not even escaped.
 *
 * @param addedAt when the issuer joined them by hand; absent for those that the invoice carried
 */
function documents(all: readonly SupportingDocument[], addedAt?: string): string {
  const by = addedAt === undefined ? {} : { addedAt };
  return JSON.stringify(all.map((document) => ({ ...document, ...by, name: columnText(document.name) })));
}
