import {
  ENERGY_TAXES,
  ENERGY_UNITS,
  REFUND_AMOUNT,
  REFUND_QUANTITY,
  REFUND_REQUEST_STATUS_CODES,
  REFUND_TREATMENTS,
  STRUCTURE_IDENTIFIER,
  type EnergyTax,
  type EnergyUnit,
  type RefundRequestContent,
  type RefundRequestStatus,
  type RefundTreatment,
} from '#domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { PagingQuery } from '../lists/paging-query.js';
import { Day, Matching, OneOf, Part, Parts, PeriodBody, Text, typedTerms } from '../platform/typed-terms.js';
import { CitedFile } from '../uploads/bodies.js';

const MOST_LINES = 1_000;
const MOST_DOCUMENTS = 100;
const LONGEST_REASON = 2_000;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What a list answered as `next`. */
const CURSOR = /^\d{19}$/;

/** A line: one invoice. */
export class RefundRequestLineBody {
  @Text('Numéro de la facture', 50) number?: string;
  @Day('Date de la facture') issueDate?: string;
  @Text('Fournisseur', 99) supplier?: string;
  @Matching('Quantité d’énergie', REFUND_QUANTITY, '12.5') quantity?: string;
  @OneOf('Unité (UN/ECE, recommandation 20)', Object.keys(ENERGY_UNITS)) unit?: EnergyUnit;
  @Matching('Montant de taxe demandé, en euros', REFUND_AMOUNT, '104.65') amount?: string;
  @Part('La facture, transmise auparavant', () => CitedFile) file?: CitedFile;
}

/** A request, in any state of completeness. */
export class RefundRequestContentBody {
  @OneOf('Taxe', Object.keys(ENERGY_TAXES)) tax?: EnergyTax;
  @Part('Période de consommation', () => PeriodBody) period?: PeriodBody;
  @Matching('Structure publique qui traite la demande', STRUCTURE_IDENTIFIER) recipient?: string;
  @Matching('Coordonnées bancaires de la structure, par leur identifiant', UUID) bankDetails?: string;
  @Text('Commentaire') comment?: string;
  @Parts('Lignes : une par facture', () => RefundRequestLineBody, MOST_LINES) lines?: RefundRequestLineBody[];
  @Parts('Pièces justificatives', () => CitedFile, MOST_DOCUMENTS) supportingDocuments?: CitedFile[];
}

/** What a request is to say from now on. */
export class RefundRequestBody {
  @ApiProperty({ description: 'La demande en cours de saisie', type: RefundRequestContentBody })
  @IsObject()
  @ValidateNested()
  @Type(() => RefundRequestContentBody)
  content!: RefundRequestContentBody;
}

/** A request to make. */
export class NewRefundRequestBody extends RefundRequestBody {
  @ApiProperty({ description: 'Structure qui demande' })
  @Matches(STRUCTURE_IDENTIFIER)
  structure!: string;
}

/** How far a request is. */
export class RefundTreatmentBody {
  @ApiProperty({ description: 'Statut', enum: REFUND_TREATMENTS })
  @IsIn(REFUND_TREATMENTS)
  status!: RefundTreatment;

  @ApiPropertyOptional({ description: 'Motif, exigé pour un refus', maxLength: LONGEST_REASON })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  reason?: string;
}

const BOXES = ['issued', 'received'] as const;

/** Which requests to list. */
export class RefundRequestFilter extends PagingQuery {
  @ApiPropertyOptional({ description: 'Demandes faites par la structure, ou reçues par elle', enum: BOXES })
  @IsOptional()
  @IsIn(BOXES)
  box?: (typeof BOXES)[number];

  @ApiPropertyOptional({ description: 'Structure ; les exploitants de la plateforme peuvent l’omettre' })
  @IsOptional()
  @Matches(STRUCTURE_IDENTIFIER)
  structure?: string;

  @ApiPropertyOptional({ enum: REFUND_REQUEST_STATUS_CODES })
  @IsOptional()
  @IsIn(REFUND_REQUEST_STATUS_CODES)
  status?: RefundRequestStatus;

  @ApiPropertyOptional({ enum: Object.keys(ENERGY_TAXES) })
  @IsOptional()
  @IsIn(Object.keys(ENERGY_TAXES))
  tax?: EnergyTax;

  @ApiPropertyOptional({ description: 'Numéro exact' })
  @IsOptional()
  @Matches(/^[A-Z0-9-]{1,40}$/)
  number?: string;

  @Matches(CURSOR)
  declare after?: string;
}

/** The content as the domain takes it. */
export function typedRequest(body: RefundRequestContentBody): RefundRequestContent {
  const { lines, supportingDocuments, ...header } = body;
  const content = {
    ...header,
    lines: lines?.map(({ file, ...line }) => ({ ...line, ...(file == null ? {} : { file: kept(file) }) })),
    supportingDocuments: supportingDocuments?.map(kept),
  };
  return typedTerms(content) ?? {};
}

/** What bytes look like is found out when they come, and is not told by whoever cites them. */
function kept({ name, sha256, size }: CitedFile) {
  return { name, sha256, size };
}
