import { CLOCK, type Clock } from '#application';
import { daysAfter, isParisDay, parisDay, STRUCTURE_IDENTIFIER } from '#domain';
import { Inject, Injectable } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { TEXT } from '../lists/page-cursor.js';
import type { InvoiceListName } from '../lifecycle/invoice-conditions.js';
import { Problem } from '../platform/problem.js';

/** Most days of a period: a year, and its leap day. */
const MOST_DAYS = 366;
const USUAL_DAYS = 30;
const SIDES = ['received', 'issued'] as const;
const LISTS = [...SIDES, 'to-validate'] as const;

/** Days in Paris, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Which period, of whom, in which form. */
export class PeriodQuery {
  @ApiPropertyOptional({
    description: 'Premier jour, AAAA-MM-JJ (Europe/Paris) ; 30 jours avant le dernier par défaut',
  })
  @IsOptional()
  @IsString()
  @MaxLength(10)
  from?: string;

  @ApiPropertyOptional({ description: 'Dernier jour, compris ; aujourd’hui par défaut' })
  @IsOptional()
  @IsString()
  @MaxLength(10)
  to?: string;

  @ApiPropertyOptional({ description: 'Identifiant de l’une de ses structures' })
  @IsOptional()
  @Matches(STRUCTURE_IDENTIFIER)
  structure?: string;

  @ApiPropertyOptional({ description: 'Forme', enum: ['json', 'csv'], default: 'json' })
  @IsOptional()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv';
}

/** The same of one service. */
class PlaceQuery extends PeriodQuery {
  @ApiPropertyOptional({ description: 'Code service' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  @Matches(TEXT)
  service?: string;
}

/** What is counted of invoices, by the hand that a structure has in them. */
export class SideQuery extends PlaceQuery {
  @ApiPropertyOptional({ description: 'Factures reçues ou émises', enum: SIDES, default: 'received' })
  @IsOptional()
  @IsIn(SIDES)
  list?: (typeof SIDES)[number];
}

/** The same, for any of the lists of invoices. */
export class ListQuery extends PlaceQuery {
  @ApiPropertyOptional({ description: 'Liste', enum: LISTS, default: 'received' })
  @IsOptional()
  @IsIn(LISTS)
  list?: InvoiceListName;
}

/** Says which days a request is about. */
@Injectable()
export class Periods {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws Problem `NUM-001` for what is no day, no period or too long */
  of({ from, to }: Pick<PeriodQuery, 'from' | 'to'>): Period {
    const last = to ?? parisDay(this.clock.now());
    if (!isParisDay(last) || (from !== undefined && !isParisDay(from))) throw notAPeriod();
    const first = from ?? daysAfter(last, 1 - USUAL_DAYS);
    if (first > last || daysAfter(first, MOST_DAYS) <= last) throw notAPeriod();
    return { from: first, to: last };
  }
}

/** Every day of a period, in order. */
export function daysOf({ from, to }: Period): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = daysAfter(day, 1)) days.push(day);
  return days;
}

function notAPeriod(): Problem {
  const detail = `Un jour s’écrit AAAA-MM-JJ, le premier ne vient pas après le dernier, et une période a ${MOST_DAYS} jours au plus.`;
  return new Problem(400, 'NUM-001', detail);
}
