import {
  ENERGY_TAX_REFUND_FRAME,
  missingOfRefundRequest,
  REFUND_REQUEST_STATUS_CODES,
  REFUND_REQUEST_STATUSES,
  refundRequestTotal,
  type ExistingRefundRequest,
  type RefundRequestContent,
  type RefundRequestStatus,
} from '#domain';
import { ApiProperty } from '@nestjs/swagger';
import { pageView } from '../lists/page.js';
import { RefundRequestContentBody } from './refund-request-bodies.js';

const text = (description: string) => ApiProperty({ description, type: String, nullable: true });
const status = (description = 'Statut') => ApiProperty({ description, enum: REFUND_REQUEST_STATUS_CODES });

/** A request in a list (R29). */
export class RefundRequestSummary {
  @ApiProperty({ description: 'Identifiant de la demande (UUID)' })
  request!: string;

  @text('Numéro, une fois envoyée')
  number!: string | null;

  @status()
  status!: RefundRequestStatus;

  @ApiProperty({ description: 'Statut, en toutes lettres' })
  statusLabel!: string;

  @ApiProperty({ description: 'Structure qui demande' })
  structure!: string;

  @text('Son nom')
  structureName!: string | null;

  @text('Structure qui traite la demande')
  recipient!: string | null;

  @text('Taxe')
  tax!: string | null;

  @text('Début de la période')
  periodStart!: string | null;

  @text('Fin de la période')
  periodEnd!: string | null;

  @ApiProperty({ description: 'Nombre de lignes', type: Number, nullable: true })
  lines!: number | null;

  @text('Montant demandé en euros, en décimal exact, quand il se calcule')
  total!: string | null;

  @ApiProperty({ description: 'Nombre de points à compléter', type: Number, nullable: true })
  missing!: number | null;

  @ApiProperty({ description: 'Création (ISO 8601)' })
  createdAt!: string;

  @text('Envoi (ISO 8601)')
  sentAt!: string | null;

  @ApiProperty({ description: 'Dernier changement (ISO 8601)' })
  changedAt!: string;
}

/** A page of requests. */
export class RefundRequestPage extends pageView(RefundRequestSummary) {}

/** Something to do before a request can be sent. */
export class MissingPartView {
  @ApiProperty({ description: 'Champ de la saisie', example: 'lines[0].amount' })
  field!: string;

  @ApiProperty({ description: 'Ce qu’il faut faire' })
  message!: string;
}

/** A status that a request went through. */
export class ReachedStatus {
  @status()
  status!: RefundRequestStatus;

  @ApiProperty({ description: 'Statut, en toutes lettres' })
  statusLabel!: string;

  @text('Motif')
  reason!: string | null;

  @ApiProperty({ description: 'Quand (ISO 8601)' })
  changedAt!: string;
}

/** A request with what is computed of it and what it lacks. */
export class RefundRequestView {
  @ApiProperty({ description: 'Identifiant de la demande (UUID)' })
  request!: string;

  @ApiProperty({ description: 'Structure qui demande' })
  structure!: string;

  @ApiProperty({ description: 'Cadre de facturation', example: ENERGY_TAX_REFUND_FRAME })
  billingFrame!: string;

  @status()
  status!: RefundRequestStatus;

  @ApiProperty({ description: 'Statut, en toutes lettres' })
  statusLabel!: string;

  @text('Numéro, une fois envoyée')
  number!: string | null;

  @text('Motif du dernier statut')
  reason!: string | null;

  @ApiProperty({ description: 'La demande', type: RefundRequestContentBody, nullable: true })
  content!: RefundRequestContent | null;

  @text('Montant demandé en euros, somme des lignes')
  total!: string | null;

  @ApiProperty({ description: 'Ce qui manque avant l’envoi', type: [MissingPartView] })
  missing!: readonly MissingPartView[];

  @ApiProperty({ description: 'Statuts depuis l’envoi, du premier au dernier', type: [ReachedStatus] })
  history!: readonly ReachedStatus[];
}

/** Why a request cannot be sent. */
export class Obstacle {
  @ApiProperty({ description: 'Code', example: 'RTE-006' })
  code!: string;

  @ApiProperty({ description: 'Ce qui empêche l’envoi et quoi faire' })
  message!: string;
}

/** What was checked of a request, and whether it was sent. */
export class RefundSendingView {
  @ApiProperty({ description: 'Identifiant de la demande (UUID)' })
  request!: string;

  @ApiProperty({ description: 'Vrai si la demande est envoyée' })
  sent!: boolean;

  @text('Numéro, une fois envoyée')
  number!: string | null;

  @ApiProperty({ description: 'Ce qui manque', type: [MissingPartView] })
  missing!: readonly MissingPartView[];

  @ApiProperty({ description: 'Ce qui empêche l’envoi', type: Obstacle, nullable: true })
  obstacle!: Obstacle | null;
}

/** Shows a request. @param history the statuses that it went through */
export function refundRequestView(
  state: ExistingRefundRequest,
  history: readonly ReachedStatus[] = [],
): RefundRequestView {
  const { request, structure, number, reason, content } = state;
  return {
    ...{ request, structure, number, reason, content, history },
    billingFrame: ENERGY_TAX_REFUND_FRAME,
    status: state.status,
    statusLabel: statusLabel(state.status),
    total: content === null ? null : refundRequestTotal(content),
    missing: missingOf(state),
  };
}

/** What a draft lacks; nothing of what was sent. */
export function missingOf({ status: now, content }: ExistingRefundRequest): readonly MissingPartView[] {
  return now === 'draft' && content !== null ? missingOfRefundRequest(content) : [];
}

/** What people read for a status. */
export function statusLabel(code: RefundRequestStatus): string {
  return REFUND_REQUEST_STATUSES[code].label;
}
