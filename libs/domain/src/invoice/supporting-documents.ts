import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import type { InvoiceEvent, SupportingDocument } from './invoice-events.js';
import { INVOICE_STATUSES, type InvoiceStatusFacts } from './invoice-statuses.js';
import { invoiceReference, type Invoice, type LivingInvoice } from './lifecycle.js';

/** What the documents of one invoice may be together (R24). */
export interface DocumentLimits {
  /** Most bytes of all of them. */
  readonly totalBytes: number;
  /** Most of them. */
  readonly documents: number;
}

/**
 * Joins documents to an invoice by its issuer's hand (R24). It may be at anybody's, as long as somebody still has to do with it.
 *
 * Refuses `FAC-404` no such invoice, `FAC-007` nothing to add, `FAC-023` an invoice whose life has ended, or that waits to be sent
 * to the right recipient, whereby nothing else changes (R26), and what {@link judgeDocuments} refuses.
 */
export function addSupportingDocuments(
  invoice: Invoice,
  supportingDocuments: readonly SupportingDocument[],
  limits: DocumentLimits,
): Decision<InvoiceEvent> {
  if (invoice.status === null) return refuse('FAC-404', 'Aucune facture de cet identifiant n’est connue.');
  const { status } = invoice;
  const { final, label }: InvoiceStatusFacts = INVOICE_STATUSES[status];
  if (final === true)
    return refuse('FAC-023', `La facture est au statut « ${label} » : aucune pièce ne peut plus y être jointe.`);
  if (status === 'A_RECYCLER')
    return refuse(
      'FAC-023',
      'La facture est à recycler : renvoyez-la d’abord au bon destinataire, puis joignez la pièce.',
    );
  if (supportingDocuments.length === 0) return nothingAdded();
  const judged = judgeDocuments(invoice, supportingDocuments, limits);
  if (!judged.accepted) return judged;
  const data = { invoice: invoiceReference(invoice), status, supportingDocuments };
  return accept({ type: 'SupportingDocumentsAdded', data });
}

/**
 * Judges documents beside those that the invoice has already (R24): `FAC-020` more bytes together than allowed, `FAC-021` more
 * documents, `FAC-022` the same document twice.
 */
export function judgeDocuments(
  invoice: LivingInvoice,
  added: readonly SupportingDocument[],
  { totalBytes, documents }: DocumentLimits,
): Decision<never> {
  const known = new Set(invoice.supportingDocuments.map(({ sha256 }) => sha256));
  for (const { name, sha256 } of added) {
    if (known.has(sha256)) return refuse('FAC-022', `La pièce « ${name} » est déjà jointe à la facture : retirez-la.`);
    known.add(sha256);
  }
  const count = invoice.supportingDocuments.length + added.length;
  if (count > documents)
    return refuse('FAC-021', `La facture aurait ${count} pièces jointes, pour ${documents} au plus : regroupez-les.`);
  const bytes = [...invoice.supportingDocuments, ...added].reduce((sum, { size }) => sum + size, 0);
  if (bytes > totalBytes)
    return refuse(
      'FAC-020',
      `Les pièces jointes de la facture feraient ${bytes} octets, pour ${totalBytes} au plus : réduisez-les.`,
    );
  return accept();
}

/** Nobody is told that something was added when nothing was. */
export function nothingAdded(): Refused {
  return refuse('FAC-007', 'Joignez la pièce demandée ou répondez par un commentaire.');
}
