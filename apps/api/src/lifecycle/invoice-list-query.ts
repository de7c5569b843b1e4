import { INVOICE_STATUS_CODES, isInvoiceStatus, isParisDay, STRUCTURE_IDENTIFIER } from '#domain';
import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { PagingQuery } from '../lists/paging-query.js';
import { Problem } from '../platform/problem.js';
import type { InvoiceFilter, InvoiceListName } from './invoice-conditions.js';
import { INVOICE_SORTS, type InvoiceSort } from './invoice-order.js';

const LISTS = ['received', 'issued', 'to-validate', 'justice-fees'] as const satisfies readonly InvoiceListName[];
const DIRECTIONS = ['asc', 'desc'] as const;
const STATUSES = INVOICE_STATUS_CODES.join('|');

const day = (description: string): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ description }), IsOptional(), Matches(/^\d{4}-\d{2}-\d{2}$/));

const amount = (description: string): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ description }), IsOptional(), Matches(/^-?\d{1,15}(?:\.\d{1,2})?$/));

const identifier = (description: string): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ description }), IsOptional(), Matches(STRUCTURE_IDENTIFIER));

const text = (description: string, longest: number): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ description }),
    IsOptional(),
    IsString(),
    MinLength(1),
    MaxLength(longest),
    Matches(/^[^\0]*$/),
  );

/** Which invoices are listed, and how (R25). */
export class InvoiceListQuery extends PagingQuery {
  @ApiPropertyOptional({ description: 'Liste', enum: LISTS, default: 'received' })
  @IsOptional()
  @IsIn(LISTS)
  list?: (typeof LISTS)[number];

  @ApiPropertyOptional({ description: 'Statuts, séparés par des virgules', example: 'MISE_A_DISPOSITION,COMPLETEE' })
  @IsOptional()
  @Matches(new RegExp(`^(?:${STATUSES})(?:,(?:${STATUSES}))*$`), {
    message: 'status : codes de statut séparés par des virgules',
  })
  status?: string;

  @identifier('Identifiant de l’une de ses structures')
  structure?: string;

  @text('Code service', 100)
  service?: string;

  @identifier('Identifiant de l’émetteur')
  issuer?: string;

  @identifier('Identifiant du destinataire')
  recipient?: string;

  @text('Numéro d’engagement juridique (BT-13)', 100)
  commitment?: string;

  @text('Cadre de facturation (BT-23)', 20)
  frame?: string;

  @text('Type de document (BT-3)', 10)
  type?: string;

  @text('Mots du numéro ou des noms', 200)
  search?: string;

  @day('Déposées à partir de ce jour (AAAA-MM-JJ, Europe/Paris)')
  from?: string;

  @day('Déposées jusqu’à ce jour compris')
  to?: string;

  @day('Datées (BT-2) à partir de ce jour')
  issuedFrom?: string;

  @day('Datées jusqu’à ce jour compris')
  issuedTo?: string;

  @day('À échéance (BT-9) à partir de ce jour')
  dueFrom?: string;

  @day('À échéance jusqu’à ce jour compris')
  dueTo?: string;

  @amount('Total TTC (BT-112) d’au moins')
  amountFrom?: string;

  @amount('Total TTC d’au plus')
  amountTo?: string;

  @ApiPropertyOptional({ description: 'Tri : dépôt, statut, montant TTC, échéance, numéro', enum: INVOICE_SORTS })
  @IsOptional()
  @IsIn(INVOICE_SORTS)
  sort?: InvoiceSort;

  @ApiPropertyOptional({ description: 'Sens du tri', enum: DIRECTIONS, default: 'desc' })
  @IsOptional()
  @IsIn(DIRECTIONS)
  order?: (typeof DIRECTIONS)[number];
}

/**
 * What a request for a list narrows it by.
 *
 * @throws Problem `FAC-400` for a day that is not in the calendar
 */
export function filterOf(query: InvoiceListQuery): InvoiceFilter {
  return {
    statuses: query.status?.split(',').filter(isInvoiceStatus) ?? null,
    structure: query.structure ?? null,
    serviceCode: query.service ?? null,
    issuer: query.issuer ?? null,
    recipient: query.recipient ?? null,
    commitmentNumber: query.commitment ?? null,
    billingFrame: query.frame ?? null,
    typeCode: query.type ?? null,
    search: query.search?.trim() === '' ? null : (query.search ?? null),
    depositedFrom: checkedDay(query.from),
    depositedTo: checkedDay(query.to),
    issuedFrom: checkedDay(query.issuedFrom),
    issuedTo: checkedDay(query.issuedTo),
    dueFrom: checkedDay(query.dueFrom),
    dueTo: checkedDay(query.dueTo),
    amountFrom: query.amountFrom ?? null,
    amountTo: query.amountTo ?? null,
  };
}

function checkedDay(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!isParisDay(text)) throw new Problem(400, 'FAC-400', 'Un jour s’écrit AAAA-MM-JJ.');
  return text;
}
