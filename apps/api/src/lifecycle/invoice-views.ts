import {
  afnorCodeOf,
  INVOICE_STATUS_CODES,
  INVOICE_STATUSES,
  STATUS_REASONS,
  type CentralServiceContact,
  type InvoiceStatus,
  type StatusReason,
  type SupportingDocument,
} from '#domain';
import { ApiProperty } from '@nestjs/swagger';
import { pageView } from '../lists/page.js';

const CODES_OF_REASONS = Object.keys(STATUS_REASONS) as StatusReason[];
const text = (description: string) => ApiProperty({ description, type: String, nullable: true });

/** A status in the other vocabularies of the field (R25). */
export class StatusCodes {
  @text('Code CPPStatut')
  cppStatut!: string | null;

  @text('Code de cycle de vie AFNOR')
  afnor!: string | null;
}

/** An invoice in a list (R25). */
export class InvoiceSummary {
  @ApiProperty({ description: 'Identifiant de la facture (UUID)' })
  id!: string;

  @ApiProperty({ description: 'Numéro de la facture (BT-1)' })
  number!: string;

  @ApiProperty({ description: 'Date de la facture (BT-2)' })
  issueDate!: string;

  @text('Type de document (BT-3)')
  typeCode!: string | null;

  @text('Cadre de facturation')
  billingFrame!: string | null;

  @ApiProperty({ description: 'Identifiant de l’émetteur' })
  issuer!: string;

  @text('Nom de l’émetteur')
  issuerName!: string | null;

  @ApiProperty({ description: 'Identifiant du destinataire' })
  recipient!: string;

  @text('Nom du destinataire')
  recipientName!: string | null;

  @text('Identifiant du valideur')
  validator!: string | null;

  @text('Code service')
  serviceCode!: string | null;

  @text('Numéro d’engagement juridique (BT-13)')
  commitmentNumber!: string | null;

  @text('Devise')
  currency!: string | null;

  @text('Total TTC, en décimal exact (BT-112)')
  totalWithVat!: string | null;

  @text('Net à payer, en décimal exact (BT-115)')
  amountDue!: string | null;

  @text('Date d’échéance (BT-9)')
  dueDate!: string | null;

  @ApiProperty({ description: 'Statut', enum: INVOICE_STATUS_CODES })
  status!: InvoiceStatus;

  @ApiProperty({ description: 'Libellé du statut' })
  statusLabel!: string;

  @ApiProperty({ description: 'Codes du statut dans les fichiers de statuts', type: StatusCodes })
  statusCodes!: StatusCodes;

  @ApiProperty({ description: 'Depuis quand (ISO 8601)' })
  statusSince!: string;

  @ApiProperty({ description: 'Motif du statut', enum: CODES_OF_REASONS, nullable: true })
  reason!: StatusReason | null;

  @text('Commentaire du statut')
  comment!: string | null;

  @ApiProperty({ description: 'Numéro du flux' })
  flowNumber!: string;

  @ApiProperty({ description: 'Date de dépôt (ISO 8601)' })
  depositedAt!: string;
}

/** A page of invoices. */
export class InvoicePage extends pageView(InvoiceSummary) {}

/** A supporting document of an invoice. */
export class SupportingDocumentView {
  @ApiProperty({ description: 'Nom' })
  name!: string;

  @ApiProperty({ description: 'Type MIME constaté' })
  type!: string;

  @ApiProperty({ description: 'Taille en octets' })
  size!: number;

  @ApiProperty({ description: 'Empreinte SHA-256, qui la désigne' })
  sha256!: string;

  @ApiProperty({ description: 'Depuis quand elle y est (ISO 8601)' })
  addedAt!: string;

  @ApiProperty({
    description: 'Contenue dans la facture, ou jointe ensuite par son émetteur',
    enum: ['invoice', 'issuer'],
  })
  addedBy!: 'invoice' | 'issuer';
}

/** A supporting document as the read model has it; `addedAt` where the issuer joined it by hand. */
export interface SupportingDocumentRow extends SupportingDocument {
  readonly addedAt?: string;
}

/** Shows a supporting document. */
export function supportingDocumentView(
  { addedAt, ...document }: SupportingDocumentRow,
  depositedAt: Date,
): SupportingDocumentView {
  return {
    ...document,
    addedAt: addedAt ?? depositedAt.toISOString(),
    addedBy: addedAt === undefined ? 'invoice' : 'issuer',
  };
}

/** One event of an invoice's life. */
export class HistoryEntry {
  @ApiProperty({ description: 'Identifiant de l’évènement (UUID)' })
  id!: string;

  @ApiProperty({ description: 'Nature de l’évènement' })
  type!: string;

  @ApiProperty({ description: 'Statut qui en résulte', enum: INVOICE_STATUS_CODES })
  status!: InvoiceStatus;

  @ApiProperty({ description: 'Date (ISO 8601)' })
  at!: string;

  @text('Motif')
  reason!: string | null;

  @text('Commentaire')
  comment!: string | null;
}

/** An earlier invoice that a credit note or a corrected invoice names. */
export class PrecedingInvoiceView {
  @ApiProperty({ description: 'Numéro de la facture antérieure (BT-25)' })
  number!: string;

  @text('Sa date (BT-26)')
  issueDate!: string | null;

  @text('Son identifiant, si elle est sur la plateforme et que l’appelant peut la voir')
  id!: string | null;
}

/** A credit note that is about an invoice. */
export class CreditNoteView {
  @ApiProperty({ description: 'Identifiant de l’avoir (UUID)' })
  id!: string;

  @ApiProperty({ description: 'Numéro de l’avoir (BT-1)' })
  number!: string;

  @ApiProperty({ description: 'Date de l’avoir (BT-2)' })
  issueDate!: string;

  @text('Total TTC, en décimal exact (BT-112)')
  totalWithVat!: string | null;

  @text('Devise')
  currency!: string | null;

  @ApiProperty({ description: 'Statut de l’avoir', enum: INVOICE_STATUS_CODES })
  status!: InvoiceStatus;
}

/** How to reach the central service that treats a statement of justice fees (R28). */
export class CentralServiceView implements CentralServiceContact {
  @ApiProperty({ description: 'Nom du service' })
  name!: string;

  @ApiProperty({ description: 'Lignes de l’adresse', type: [String] })
  address!: readonly string[];

  @text('Téléphone')
  telephone!: string | null;

  @text('Adresse électronique')
  email!: string | null;
}

/** An invoice with its history and what the caller may do with it now. */
export class InvoiceView extends InvoiceSummary {
  @text('Numéro de marché ou de contrat (BT-12)')
  contractNumber!: string | null;

  @text('Total HT (BT-109)')
  totalWithoutVat!: string | null;

  @text('Total TVA (BT-110)')
  totalVat!: string | null;

  @text('Numéro de mandat')
  paymentOrder!: string | null;

  @ApiProperty({ description: 'Vrai si l’émetteur a acquitté le rejet' })
  rejectionAcknowledged!: boolean;

  @ApiProperty({ description: 'Pièces jointes', type: [SupportingDocumentView] })
  supportingDocuments!: readonly SupportingDocumentView[];

  @ApiProperty({ description: 'Factures antérieures citées', type: [PrecedingInvoiceView] })
  references!: readonly PrecedingInvoiceView[];

  @ApiProperty({ description: 'Avoirs qui citent cette facture, tels que l’appelant les voit', type: [CreditNoteView] })
  creditedBy!: readonly CreditNoteView[];

  @ApiProperty({ description: 'Vrai si les avoirs reprennent tout le montant TTC : annulation par avoir' })
  cancelledByCreditNotes!: boolean;

  @ApiProperty({
    description: 'Service centralisateur d’un mémoire de frais de justice (A3), s’il est renseigné',
    type: CentralServiceView,
    nullable: true,
  })
  centralService!: CentralServiceView | null;

  @ApiProperty({ description: 'Historique', type: [HistoryEntry] })
  history!: readonly HistoryEntry[];

  @ApiProperty({ description: 'Statuts que le destinataire peut poser', enum: INVOICE_STATUS_CODES, isArray: true })
  nextStatuses!: readonly InvoiceStatus[];
}

/** Columns of a list, named as the view names them. */
export const SUMMARY_COLUMNS = `id, number, issue_date AS "issueDate", type_code AS "typeCode",
  billing_frame AS "billingFrame", issuer, issuer_name AS "issuerName", recipient, recipient_name AS "recipientName",
  validator, service_code AS "serviceCode", commitment_number AS "commitmentNumber", currency,
  total_with_vat::text AS "totalWithVat", amount_due::text AS "amountDue", due_date AS "dueDate", status,
  status_since AS "statusSince", reason, comment, flow_number AS "flowNumber", deposited_at AS "depositedAt"`;

/** A row of {@link SUMMARY_COLUMNS}. */
export type SummaryRow = Omit<InvoiceSummary, 'statusLabel' | 'statusCodes' | 'statusSince' | 'depositedAt'> & {
  readonly statusSince: Date;
  readonly depositedAt: Date;
};

/** Shows an invoice, with whatever else the row holds. */
export function invoiceSummary<Row extends SummaryRow>(
  row: Row,
): Omit<Row, 'statusSince' | 'depositedAt'> &
  Pick<InvoiceSummary, 'statusLabel' | 'statusCodes' | 'statusSince' | 'depositedAt'> {
  return {
    ...row,
    statusLabel: INVOICE_STATUSES[row.status].label,
    statusCodes: {
      cppStatut: INVOICE_STATUSES[row.status].cppStatut,
      afnor: afnorCodeOf(row.status, row.billingFrame),
    },
    statusSince: row.statusSince.toISOString(),
    depositedAt: row.depositedAt.toISOString(),
  };
}
