import { initialStatus, type InvoiceEvent, type InvoiceIntegrated, type SupportingDocument } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import { columnCode, columnName, columnText } from './column-text.js';
import { invoiceId } from './invoice-id.js';
import { insertReferences, markCredited } from './invoice-references.js';
import type { Projection } from './projection.js';
import { RowChanges } from './row-changes.js';

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
    const changes = new RowChanges(tx);
    for (const event of events) change(changes, event);
    await changes.make();
    await markCredited(events, tx);
  },
};

/** What an event changes of the row of its invoice: a status of each of a hundred thousand invoices is some statements. */
function change(changes: RowChanges, { type, data, stream, occurredAt: since }: RecordedEvent): void {
  const event = { type, data } as InvoiceEvent;
  const id = invoiceId(stream);
  const add = (statement: string, ...values: readonly unknown[]): void => changes.add(statement, id, [id, ...values]);
  switch (event.type) {
    case 'InvoiceIntegrated':
    case 'InvoiceCredited':
      return;
    case 'InvoiceStatusChanged': {
      const { to, by, reason, comment, paymentOrder, invoice } = event.data;
      // A recipient who sets it again, as the historic life lets them, has had the invoice since before.
      const isMadeAvailable = by === 'system' && to === 'MISE_A_DISPOSITION';
      const said = [columnText(comment), columnText(paymentOrder), columnCode(invoice.validator)];
      return add(SET_STATUSES, since, to, reason, ...said, isMadeAvailable);
    }
    case 'InvoiceRecycled': {
      const { recipient, serviceCode, commitmentNumber, comment } = event.data;
      const { identifier, name } = recipient;
      const texts = [columnText(comment), columnText(identifier), columnName(name), columnCode(serviceCode)];
      return add(RECYCLE, since, ...texts, columnText(commitmentNumber));
    }
    case 'InvoiceCompleted':
      add(COMPLETE, since, columnText(event.data.comment));
      return add(ADD_DOCUMENTS, documents(event.data.supportingDocuments, since));
    case 'SupportingDocumentsAdded':
      return add(ADD_DOCUMENTS, documents(event.data.supportingDocuments, since));
    case 'InvoiceValidatorCorrected':
      return add(
        CORRECT_VALIDATORS,
        since,
        columnText(event.data.comment),
        columnCode(event.data.validator.identifier),
      );
    case 'RejectionAcknowledged':
      return add(ACKNOWLEDGE);
  }
}

/** Id, since when, status, reason, comment, payment order or null, validator or null, whether it was made available by that. */
const SET_STATUSES = `
  UPDATE read.invoices AS invoices
     SET status = changed.status, status_since = since, reason = changed.reason, comment = changed.comment,
         payment_order = coalesce(changed.payment_order, invoices.payment_order),
         validator = coalesce(changed.validator, invoices.validator),
         made_available_at = CASE WHEN made_available THEN since ELSE invoices.made_available_at END
    FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[])
      AS changed (id, since, status, reason, comment, payment_order, validator, made_available)
   WHERE invoices.id = changed.id`;

/** Id, since when, comment, identifier and name of the recipient, service, commitment. */
const RECYCLE = `
  UPDATE read.invoices AS invoices
     SET status = 'MISE_A_DISPOSITION', status_since = since, made_available_at = since, reason = NULL,
         comment = recycled.comment, recipient = recycled.recipient, recipient_name = recycled.recipient_name,
         service_code = recycled.service_code, commitment_number = recycled.commitment_number
    FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
      AS recycled (id, since, comment, recipient, recipient_name, service_code, commitment_number)
   WHERE invoices.id = recycled.id`;

/** Id, since when, comment. */
const COMPLETE = `
  UPDATE read.invoices AS invoices
     SET status = 'COMPLETEE', status_since = since, reason = NULL, comment = completed.comment
    FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS completed (id, since, comment)
   WHERE invoices.id = completed.id`;

/** Id, JSON of the documents. */
const ADD_DOCUMENTS = `
  UPDATE read.invoices AS invoices
     SET supporting_documents = (supporting_documents::jsonb || added.documents::jsonb)::json
    FROM unnest($1::uuid[], $2::text[]) AS added (id, documents)
   WHERE invoices.id = added.id`;

/** Id, since when, comment, validator. */
const CORRECT_VALIDATORS = `
  UPDATE read.invoices AS invoices
     SET status = 'A_VALIDER_1', status_since = since, reason = NULL, comment = corrected.comment,
         validator = corrected.validator
    FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[]) AS corrected (id, since, comment, validator)
   WHERE invoices.id = corrected.id`;

/** Id. */
const ACKNOWLEDGE = `
  UPDATE read.invoices AS invoices SET rejection_acknowledged = true
    FROM unnest($1::uuid[]) AS acknowledged (id)
   WHERE invoices.id = acknowledged.id`;

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
  ['type_code', 'text', ({ typeCode }) => columnCode(typeCode)],
  ['billing_frame', 'text', ({ billingFrame }) => columnCode(billingFrame)],
  ['issuer', 'text', ({ issuer }) => columnText(issuer.identifier)],
  ['issuer_name', 'text', ({ issuer }) => columnName(issuer.name)],
  ['recipient', 'text', ({ recipient }) => columnText(recipient.identifier)],
  ['recipient_name', 'text', ({ recipient }) => columnName(recipient.name)],
  ['validator', 'text', ({ validator }) => columnCode(validator?.identifier ?? null)],
  ['service_code', 'text', ({ serviceCode }) => columnCode(serviceCode)],
  ['commitment_number', 'text', ({ commitmentNumber }) => columnText(commitmentNumber)],
  ['contract_number', 'text', ({ contractNumber }) => columnText(contractNumber)],
  ['due_date', 'text', ({ dueDate }) => columnCode(dueDate)],
  ['currency', 'text', ({ currency }) => columnCode(currency)],
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
