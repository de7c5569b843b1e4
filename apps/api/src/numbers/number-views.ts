import { dayCell, numberCell, textCell, type ExportColumn } from '#application';
import { INVOICE_STATUS_CODES, INVOICE_STATUSES, type InvoiceStatus } from '#domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Type } from '@nestjs/common';

/** Numbers of a period, whose two days are part of it. */
export interface Numbers<T> {
  readonly from: string;
  readonly to: string;
  readonly items: readonly T[];
}

/** Numbers of a period, as OpenAPI shows them. */
function numbersView<T>(item: Type<T>): Type<Numbers<T>> {
  class NumbersView implements Numbers<T> {
    @ApiProperty({ description: 'Premier jour (Europe/Paris)' })
    readonly from!: string;

    @ApiProperty({ description: 'Dernier jour, compris' })
    readonly to!: string;

    @ApiProperty({ type: [item] })
    readonly items!: readonly T[];
  }
  return NumbersView;
}

/** Invoices of one status in one currency. */
export class StatusNumbers {
  @ApiProperty({ description: 'Statut', enum: INVOICE_STATUS_CODES })
  status!: InvoiceStatus;

  @ApiProperty({ description: 'Devise', type: String, nullable: true })
  currency!: string | null;

  @ApiProperty({ description: 'Nombre de factures, sans les avoirs' })
  invoices!: number;

  @ApiProperty({ description: 'Leur montant TTC, en décimal exact' })
  amount!: string;

  @ApiProperty({ description: 'Nombre d’avoirs' })
  creditNotes!: number;

  @ApiProperty({ description: 'Leur montant TTC, à déduire' })
  creditedAmount!: string;
}

/** The answer that holds them. */
export class StatusNumbersAnswer extends numbersView(StatusNumbers) {}

/** What happened on one day in Paris. */
export class DayNumbers {
  @ApiProperty({ description: 'Jour (Europe/Paris)' })
  day!: string;

  @ApiProperty({ description: 'Factures déposées ce jour et intégrées' })
  deposited!: number;

  @ApiProperty({ description: 'Factures mises à disposition de leur destinataire actuel' })
  madeAvailable!: number;

  @ApiProperty({ description: 'Factures rejetées par leur destinataire, ou refusées par leur valideur' })
  rejected!: number;

  @ApiProperty({
    description: 'Lignes du fichier de rejets du jour ; null pour qui ne peut pas le lire, et pour les factures reçues',
    type: Number,
    nullable: true,
  })
  rejectedByPlatform!: number | null;
}

/** The answer that holds them. */
export class DayNumbersAnswer extends numbersView(DayNumbers) {}

/** Why invoices were rejected. */
export class ReasonNumbers {
  @ApiProperty({ description: 'Qui a rejeté', enum: ['platform', 'recipient', 'validator'] })
  by!: 'platform' | 'recipient' | 'validator';

  @ApiProperty({ description: 'Règle du catalogue, ou code du motif' })
  code!: string;

  @ApiProperty({ description: 'Libellé', type: String, nullable: true })
  label!: string | null;

  @ApiProperty({ description: 'Nombre de factures ; une facture compte pour chacune des règles qu’elle enfreint' })
  invoices!: number;
}

/** The answer that holds them. */
export class ReasonNumbersAnswer extends numbersView(ReasonNumbers) {}

/** How long invoices took from their deposit until they were made available. */
export class DelayNumbers {
  @ApiPropertyOptional({
    description: 'Jour de la mise à disposition (Europe/Paris) ; null pour toute la période',
    type: String,
    nullable: true,
  })
  day!: string | null;

  @ApiProperty({ description: 'Nombre de factures' })
  invoices!: number;

  @ApiProperty({ description: 'Durée que la moitié ne dépasse pas, en secondes' })
  p50!: number;

  @ApiProperty({ description: 'Durée que 95 % ne dépassent pas, en secondes' })
  p95!: number;

  @ApiProperty({ description: 'La plus longue, en secondes' })
  max!: number;
}

/** The answer that holds them. */
export class DelayNumbersAnswer extends numbersView(DelayNumbers) {}

/** What became of what a sender deposited. */
export class SenderNumbers {
  @ApiProperty({ description: 'Identifiant de l’émetteur du flux' })
  sender!: string;

  @ApiProperty({ description: 'Sa raison sociale', type: String, nullable: true })
  name!: string | null;

  @ApiProperty({ description: 'Factures intégrées' })
  integrated!: number;

  @ApiProperty({ description: 'Rejets ; un flux refusé en entier compte pour un' })
  rejected!: number;

  @ApiProperty({ description: 'Part des rejets, de 0 à 1' })
  rate!: number;
}

/** The answer that holds them. */
export class SenderNumbersAnswer extends numbersView(SenderNumbers) {}

const count = (value: number): string => numberCell(String(value));

/** Columns of the CSV of it. */
export const STATUS_COLUMNS: readonly ExportColumn<StatusNumbers>[] = [
  { header: 'Statut', cell: ({ status }) => INVOICE_STATUSES[status].label },
  { header: 'Devise', cell: ({ currency }) => textCell(currency) },
  { header: 'Factures', cell: ({ invoices }) => count(invoices) },
  { header: 'Montant TTC', cell: ({ amount }) => numberCell(amount) },
  { header: 'Avoirs', cell: ({ creditNotes }) => count(creditNotes) },
  { header: 'Montant TTC des avoirs', cell: ({ creditedAmount }) => numberCell(creditedAmount) },
];

/** Columns of the CSV of it. */
export const DAY_COLUMNS: readonly ExportColumn<DayNumbers>[] = [
  { header: 'Jour', cell: ({ day }) => dayCell(day) },
  { header: 'Déposées', cell: ({ deposited }) => count(deposited) },
  { header: 'Mises à disposition', cell: ({ madeAvailable }) => count(madeAvailable) },
  { header: 'Rejetées', cell: ({ rejected }) => count(rejected) },
  { header: 'Rejetées par la plateforme', cell: ({ rejectedByPlatform: n }) => (n === null ? '' : count(n)) },
];

const BY = { platform: 'Plateforme', recipient: 'Destinataire', validator: 'Valideur' } as const;

/** Columns of the CSV of it. */
export const REASON_COLUMNS: readonly ExportColumn<ReasonNumbers>[] = [
  { header: 'Rejetées par', cell: ({ by }) => BY[by] },
  { header: 'Code', cell: ({ code }) => textCell(code) },
  { header: 'Libellé', cell: ({ label }) => textCell(label) },
  { header: 'Factures', cell: ({ invoices }) => count(invoices) },
];

/** Columns of the CSV of it. */
export const DELAY_COLUMNS: readonly ExportColumn<DelayNumbers>[] = [
  { header: 'Jour', cell: ({ day }) => (day === null ? 'Toute la période' : dayCell(day)) },
  { header: 'Factures', cell: ({ invoices }) => count(invoices) },
  { header: 'Médiane (s)', cell: ({ p50 }) => count(p50) },
  { header: '95 % (s)', cell: ({ p95 }) => count(p95) },
  { header: 'Maximum (s)', cell: ({ max }) => count(max) },
];

/** Columns of the CSV of it. */
export const SENDER_COLUMNS: readonly ExportColumn<SenderNumbers>[] = [
  { header: 'Émetteur', cell: ({ sender }) => textCell(sender) },
  { header: 'Raison sociale', cell: ({ name }) => textCell(name) },
  { header: 'Intégrées', cell: ({ integrated }) => count(integrated) },
  { header: 'Rejetées', cell: ({ rejected }) => count(rejected) },
  { header: 'Part des rejets', cell: ({ rate }) => count(rate) },
];
