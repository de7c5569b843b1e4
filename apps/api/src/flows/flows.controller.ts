import { isFlowNumber } from '#domain';
import { interfaceCode as knownInterface } from '#einvoice';
import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiConsumes, ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf, type MachineCaller } from '../access/caller.js';
import { rejectReason } from '#application';
import type { Page } from '../lists/page.js';
import { attemptOf } from '../platform/idempotency-key.js';
import { Problem } from '../platform/problem.js';
import { DepositFlow } from './deposit-flow.js';
import { GetFlow, ListFlowInvoices, ListFlows } from './flow-queries.js';
import type { FlowInvoice, FlowReport } from './flow-report.js';
import { ReplayFlow } from './replay-flow.js';

const MAX_PAGE = 1_000;

/** Flows: deposit, follow, integration report (R40, R45). */
@ApiTags('flux')
@ApiBearerAuth()
@AllowAccess('machine')
@Controller('api/flows')
export class FlowsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Déposer un flux : le corps de la requête est le fichier, lu au fil de l’eau',
    description:
      'Réponse 202 dès que les octets sont en sûreté. Le même fichier du même émetteur reçoit le numéro du premier dépôt.',
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiQuery({ name: 'name', required: false, description: 'Nom d’enveloppe EDI (41 caractères)' })
  @ApiQuery({ name: 'interfaceCode', required: false, description: 'Sans nom : code interface, par exemple FSO1100A' })
  async deposit(
    @CallerOf() caller: MachineCaller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query('name') envelope?: string,
    @Query('interfaceCode') interfaceCode?: string,
  ): Promise<object> {
    if (caller.kind !== 'connection')
      throw new Problem(
        403,
        'FLX-010',
        'Un flux se dépose avec la clé d’un raccordement, pas avec celle d’un exploitant.',
      );
    const announced = request.header('content-length');
    const receipt = await this.commands.execute(
      new DepositFlow(
        caller.connection,
        nameOf(envelope, interfaceCode),
        // What ends the reading early must not cut the connection: the refusal has still to be answered, and Node then reads
        // what the sender goes on to send, within its own time limit.
        request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>,
        announced === undefined ? null : Number(announced),
        attemptOf(request.header('idempotency-key')),
      ),
    );
    const { flowNumber, name, repeated, findings } = receipt;
    if (findings.length > 0) {
      const tooLarge = findings.some(({ code }) => code === 'IRR_TAILLE');
      const reasons = findings.map(rejectReason);
      const detail = reasons.map(({ message }) => message).join(' ');
      throw new Problem(tooLarge ? 413 : 422, findings[0]?.code ?? 'IRR_FORM', detail, { flowNumber, name, reasons });
    }
    response.location(`/api/flows/${flowNumber}`);
    return { flowNumber, name, repeated };
  }

  @Get()
  @ApiOperation({ summary: 'Lister ses flux, du plus récent au plus ancien' })
  @ApiQuery({ name: 'after', required: false })
  @ApiQuery({ name: 'limit', required: false })
  list(
    @CallerOf() caller: MachineCaller,
    @Query('after') after?: string,
    @Query('limit') limit?: string,
  ): Promise<Page<FlowReport>> {
    return this.queries.execute(new ListFlows(caller, wholeNumber(after, 0), pageSize(limit)));
  }

  @Get(':flowNumber')
  @ApiOperation({ summary: 'Compte rendu d’intégration d’un flux' })
  async report(@CallerOf() caller: MachineCaller, @Param('flowNumber') flowNumber: string): Promise<FlowReport> {
    const report = isFlowNumber(flowNumber) ? await this.queries.execute(new GetFlow(caller, flowNumber)) : null;
    return report ?? unknownFlow(flowNumber);
  }

  @Get(':flowNumber/invoices')
  @ApiOperation({ summary: 'Résultat de chaque facture d’un flux' })
  @ApiQuery({ name: 'outcome', required: false, enum: ['integrated', 'rejected'] })
  @ApiQuery({ name: 'after', required: false, description: 'Rang après lequel reprendre' })
  @ApiQuery({ name: 'limit', required: false })
  async invoices(
    @CallerOf() caller: MachineCaller,
    @Param('flowNumber') flowNumber: string,
    @Query('outcome') outcome?: string,
    @Query('after') after?: string,
    @Query('limit') limit?: string,
  ): Promise<Page<FlowInvoice>> {
    if (outcome !== undefined && outcome !== 'integrated' && outcome !== 'rejected')
      throw new Problem(400, 'SRV-400', 'Le paramètre « outcome » vaut integrated ou rejected.');
    const query = new ListFlowInvoices(caller, flowNumber, outcome ?? null, wholeNumber(after, 0), pageSize(limit));
    return (isFlowNumber(flowNumber) ? await this.queries.execute(query) : null) ?? unknownFlow(flowNumber);
  }

  @Post(':flowNumber/replay')
  @HttpCode(202)
  @AllowAccess('operator')
  @ApiOperation({ summary: 'Relancer un flux en incident (exploitants)' })
  async replay(@Param('flowNumber') flowNumber: string): Promise<void> {
    if (!isFlowNumber(flowNumber)) unknownFlow(flowNumber);
    await this.commands.execute(new ReplayFlow(flowNumber, 'operator'));
  }
}

function nameOf(
  envelope: string | undefined,
  interfaceCode: string | undefined,
): { envelope: string } | { interfaceCode: string } {
  // A parameter that comes twice is an array, whatever its declared type says.
  if (typeof envelope === 'string' && envelope.length <= 200) return { envelope };
  if (typeof interfaceCode === 'string' && knownInterface(interfaceCode) !== null) return { interfaceCode };
  throw new Problem(
    400,
    'FLX-011',
    'Donnez « name » (nom d’enveloppe EDI) ou « interfaceCode » (code interface connu, par exemple FSO1100A).',
  );
}

function unknownFlow(flowNumber: string): never {
  throw new Problem(404, 'FLX-404', `Aucun de vos flux ne porte le numéro ${flowNumber.slice(0, 40)}.`);
}

function wholeNumber(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw new Problem(400, 'SRV-400', 'Un nombre entier est attendu.');
  return Number(text);
}

function pageSize(text: string | undefined): number {
  return Math.min(MAX_PAGE, Math.max(1, wholeNumber(text, 100)));
}
