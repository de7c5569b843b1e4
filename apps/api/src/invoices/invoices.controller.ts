import { CONFIGURATION, type Configuration } from '#application';
import { interfaceCode as knownInterface, type InvoiceReport } from '#einvoice';
import { Controller, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AllowAccess } from '../access/access.guard.js';
import { Problem } from '../platform/problem.js';
import { InvoiceChecks, MOST_INVOICES } from './invoice-checks.js';
import { receiveFile } from './receive-file.js';

/** Largest file of a dry run: that of an attachment by portal or API (R24). A larger one is deposited. */
const MAX_BYTES = 10 * 1024 * 1024;

/** Dry runs: what would be said of invoices, without depositing them (R43). */
@ApiTags('factures')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/invoices')
export class InvoicesController {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    private readonly checks: InvoiceChecks,
  ) {}

  @Post('validate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Contrôler un fichier sans le déposer : facture XML ou PDF, archive ou lot',
    description: `Le corps est le fichier (${MAX_BYTES / 1024 ** 2} Mo et ${MOST_INVOICES} factures au plus), contrôlé comme un dépôt par API. Sans les contrôles de la plateforme (annuaire, doublons).`,
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
    const file = await receiveFile(request, this.configuration.WORK_FOLDER, MAX_BYTES);
    try {
      const options = {
        ...(rules === undefined ? {} : { rules }),
        ...(interfaceCode === undefined ? {} : { interfaceCode }),
      };
      const { reports } = await this.checks.judge({ path: file.path, name: name ?? 'facture', options });
      return { items: reports, total: reports.length, next: null };
    } finally {
      await file.remove();
    }
  }
}
