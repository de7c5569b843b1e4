import { exportFile, type Caller, type ExportColumn } from '#application';
import { Controller, Get, Header, Query, StreamableFile, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import type { CountedInvoices } from './counted-invoices.js';
import { CountByDay, CountByStatus, MeasureDelays } from './invoice-numbers.js';
import { ListQuery, PeriodQuery, Periods, SideQuery, type Period } from './number-filters.js';
import {
  DAY_COLUMNS,
  DayNumbersAnswer,
  type DayNumbers,
  DELAY_COLUMNS,
  DelayNumbersAnswer,
  type DelayNumbers,
  REASON_COLUMNS,
  ReasonNumbersAnswer,
  type ReasonNumbers,
  SENDER_COLUMNS,
  SenderNumbersAnswer,
  type SenderNumbers,
  STATUS_COLUMNS,
  StatusNumbersAnswer,
  type StatusNumbers,
  type Numbers,
} from './number-views.js';
import { CountReasons, CountSenders } from './reject-numbers.js';

/** The documentation of a route that answers numbers, as JSON or as a CSV. */
function Answers(summary: string, type: Type): MethodDecorator {
  const decorators = [
    Header('Cache-Control', 'private, no-store'),
    ApiOperation({
      summary,
      description: 'Périodes de 366 jours au plus, en jours de Paris. En CSV par `format=csv`.',
    }),
    ApiProduces('application/json', 'text/csv'),
    ApiOkResponse({ type }),
  ];
  return (target, key, descriptor) => {
    for (const decorate of decorators) decorate(target, key, descriptor);
  };
}

/** Numbers for dashboards: of the invoices that the caller sees in lists, and of the rejects whose files they may read. */
@ApiTags('chiffres')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/numbers')
export class NumbersController {
  constructor(
    private readonly queries: QueryBus,
    private readonly periods: Periods,
  ) {}

  @Get('invoices')
  @Answers('Compter les factures déposées, par statut et par devise, avec leurs montants', StatusNumbersAnswer)
  async invoices(
    @Query() query: ListQuery,
    @CallerOf() caller: Caller,
  ): Promise<Numbers<StatusNumbers> | StreamableFile> {
    const period = this.periods.of(query);
    const items = await this.queries.execute(new CountByStatus(caller, countedBy(query), period));
    return answer('factures-par-statut', query, period, items, STATUS_COLUMNS);
  }

  @Get('days')
  @Answers('Compter par jour les factures déposées, mises à disposition et rejetées', DayNumbersAnswer)
  async days(@Query() query: SideQuery, @CallerOf() caller: Caller): Promise<Numbers<DayNumbers> | StreamableFile> {
    const period = this.periods.of(query);
    const items = await this.queries.execute(new CountByDay(caller, countedBy(query), period));
    return answer('factures-par-jour', query, period, items, DAY_COLUMNS);
  }

  @Get('reasons')
  @Answers(
    'Compter les rejets par règle de la plateforme et par motif du destinataire ou du valideur',
    ReasonNumbersAnswer,
  )
  async reasons(
    @Query() query: SideQuery,
    @CallerOf() caller: Caller,
  ): Promise<Numbers<ReasonNumbers> | StreamableFile> {
    const period = this.periods.of(query);
    const items = await this.queries.execute(new CountReasons(caller, countedBy(query), period));
    return answer('motifs-de-rejet', query, period, items, REASON_COLUMNS);
  }

  @Get('delays')
  @Answers('Mesurer le temps entre le dépôt et la mise à disposition, sur la période et par jour', DelayNumbersAnswer)
  async delays(@Query() query: SideQuery, @CallerOf() caller: Caller): Promise<Numbers<DelayNumbers> | StreamableFile> {
    const period = this.periods.of(query);
    const items = await this.queries.execute(new MeasureDelays(caller, countedBy(query), period));
    return answer('delais', query, period, items, DELAY_COLUMNS);
  }

  @Get('senders')
  @Answers(
    'Mesurer la part de rejets par émetteur : les siens pour un gestionnaire, tous pour un exploitant',
    SenderNumbersAnswer,
  )
  async senders(
    @Query() query: PeriodQuery,
    @CallerOf() caller: Caller,
  ): Promise<Numbers<SenderNumbers> | StreamableFile> {
    const period = this.periods.of(query);
    const items = await this.queries.execute(new CountSenders(caller, query.structure ?? null, period));
    return answer('rejets-par-emetteur', query, period, items, SENDER_COLUMNS);
  }
}

function countedBy({ list = 'received', structure, service }: ListQuery): CountedInvoices {
  return { list, structure: structure ?? null, serviceCode: service ?? null };
}

function answer<Row extends object>(
  name: string,
  { format = 'json' }: PeriodQuery,
  { from, to }: Period,
  items: readonly Row[],
  columns: readonly ExportColumn<Row>[],
): Numbers<Row> | StreamableFile {
  if (format === 'json') return { from, to, items };
  return new StreamableFile(Readable.from(exportFile('csv', columns, Readable.from(items)), { objectMode: false }), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}_${from}_${to}.csv"`,
  });
}
