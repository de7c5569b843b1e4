import { CONFIGURATION, type Configuration } from '#application';
import { interfaceCode as knownInterface, type InvoiceReport } from '#einvoice';
import { Controller, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AllowAccess } from '../access/access.guard.js';
import { Problem } from '../platform/problem.js';
import { ThreadCrashed, ThreadFull } from '../threads/one-thread.js';
import { DryRun } from './dry-run.js';
import { receiveFile } from './receive-file.js';

/** Largest file of a dry run: that of an attachment by portal or API (R24). A larger one is deposited. */
const MAX_BYTES = 10 * 1024 * 1024;
/** Invoices of one dry run; more are deposited as a flow. */
const MAX_INVOICES = 100;

/** Dry runs: what would be said of invoices, without depositing them (R43). */
@ApiTags('factures')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/invoices')
export class InvoicesController {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    private readonly dryRun: DryRun,
  ) {}

  @Post('validate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Contrôler un fichier sans le déposer : facture XML ou PDF, archive ou lot',
    description: `Le corps est le fichier (${MAX_BYTES / 1024 ** 2} Mo et ${MAX_INVOICES} factures au plus), contrôlé comme un dépôt par API. Sans les contrôles de la plateforme (annuaire, doublons).`,
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiQuery({ name: 'rules', required: false, description: 'Un seul jeu de règles, par exemple en16931' })
  @ApiQuery({
    name: 'interfaceCode',
    required: false,
    description: 'Code interface qui choisit les règles, par exemple FSO1100A',
  })
  @ApiQuery({ name: 'name', required: false, description: 'Nom du fichier, repris dans la réponse' })
  async validate(
    @Req() request: Request,
    @Query('rules') rules?: string,
    @Query('interfaceCode') interfaceCode?: string,
    @Query('name') name?: string,
  ): Promise<{ items: readonly InvoiceReport[]; total: number; next: null }> {
    for (const parameter of [rules, interfaceCode, name])
      if (parameter !== undefined && (typeof parameter !== 'string' || parameter.length > 200))
        throw new Problem(400, 'SRV-400', 'Chaque paramètre ne vient qu’une fois, en 200 caractères au plus.');
    if (interfaceCode !== undefined && knownInterface(interfaceCode) === null)
      throw new Problem(
        400,
        'VAL-001',
        'Le paramètre « interfaceCode » n’est pas un code interface connu, par exemple FSO1100A.',
      );
    const { REPONS_XSD_FOLDER: schemaFolder } = this.configuration;
    const file = await receiveFile(request, this.configuration.WORK_FOLDER, MAX_BYTES);
    try {
      const options = {
        depositedBy: 'interactive' as const,
        ...(rules === undefined ? {} : { rules }),
        ...(interfaceCode === undefined ? {} : { interfaceCode }),
        ...(schemaFolder === undefined ? {} : { schemaFolder }),
      };
      const task = { path: file.path, name: name ?? 'facture', options, mostInvoices: MAX_INVOICES };
      const result = await this.dryRun.run(task);
      if (result.outcome === 'unknown-rules') throw new Problem(400, 'VAL-003', result.message);
      if (result.outcome === 'too-many')
        throw new Problem(413, 'VAL-002', `Le fichier a plus de ${MAX_INVOICES} factures : déposez-le comme un flux.`);
      return { items: result.reports, total: result.reports.length, next: null };
    } catch (error) {
      if (error instanceof ThreadCrashed)
        throw new Problem(422, 'VAL-005', 'Le contrôle n’a pas pu être mené à son terme : le document l’arrête.');
      if (error instanceof ThreadFull)
        throw new Problem(503, 'VAL-006', 'Trop de contrôles sont en attente : recommencez dans une minute.');
      throw error;
    } finally {
      await file.remove();
    }
  }
}
