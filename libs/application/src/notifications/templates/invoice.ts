import { INVOICE_STATUSES, isInvoiceStatus, isStatusReason, STATUS_REASONS, type InvoiceStatus } from '#domain';
import type { Facts } from '../notice.js';
import { notification, type MailTemplate } from './template.js';

/** What the issuer has to do when an invoice comes to a status; nothing for the others. */
const WHAT_TO_DO: Readonly<Partial<Record<InvoiceStatus, string>>> = {
  A_RECYCLER:
    'Elle ne concerne pas ce destinataire : corrigez le destinataire, le service ou l’engagement, et renvoyez-la depuis « Factures émises ».',
  SUSPENDUE: 'Apportez ce qui manque depuis « Factures émises » : le destinataire reprendra alors son traitement.',
  REJETEE: 'Prenez acte du rejet depuis « Factures émises » et, s’il y a lieu, établissez une nouvelle facture.',
  REFUSEE_1: 'Rapprochez-vous du valideur et, s’il y a lieu, établissez une nouvelle facture.',
  REFUSEE_2: 'Rapprochez-vous du valideur et, s’il y a lieu, établissez une nouvelle facture.',
  ERREUR_FOURNISSEUR_SUR_VALIDEUR: 'Désignez le bon valideur depuis « Factures émises ».',
};

function statusOf({ status }: Facts): InvoiceStatus | null {
  return status !== undefined && status !== null && isInvoiceStatus(status) ? status : null;
}

/** Mails about invoices, to those who follow what their structure issues (R25). */
export const INVOICE_TEMPLATES = {
  'invoice-status-changed': notification(({ facts, structure, recipient }) => {
    const status = statusOf(facts);
    const label = status === null ? (facts['status'] ?? '') : INVOICE_STATUSES[status].label;
    const reason = facts['reason'] ?? '';
    return {
      subject: `Facture ${facts['number'] ?? ''} : ${label}`,
      paragraphs: [
        `La facture n° ${facts['number'] ?? ''} de la structure ${structure}, adressée à ${recipient}, a désormais le statut « ${label} ».`,
        ...(isStatusReason(reason) ? [`Motif : ${STATUS_REASONS[reason]}.`] : []),
        (status === null ? undefined : WHAT_TO_DO[status]) ?? 'Vous n’avez rien à faire.',
      ],
      path: `/invoices/${encodeURIComponent(facts['invoice'] ?? '')}`,
    };
  }),
} as const satisfies Record<string, MailTemplate>;
