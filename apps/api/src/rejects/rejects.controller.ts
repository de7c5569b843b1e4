import { RejectFiles, type RejectFileFormat, type RejectFileSummary } from '#application';
import { isParisDay } from '#domain';
import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf, type MachineCaller } from '../access/caller.js';
import { Problem } from '../platform/problem.js';

/** "Accéder aux rejets EDI" (R44): one file per Europe/Paris day and per sender. */
@ApiTags('rejets')
@ApiBearerAuth()
@AllowAccess('machine')
@Controller('api/rejects')
export class RejectsController {
  constructor(private readonly files: RejectFiles) {}

  @Get()
  @ApiOperation({ summary: 'Lister les fichiers de rejets, par jour et par émetteur' })
  @ApiQuery({ name: 'day', required: false, description: 'Jour civil Europe/Paris, AAAA-MM-JJ' })
  @ApiQuery({ name: 'sender', required: false, description: 'Identifiant de l’émetteur (SIRET)' })
  async list(
    @CallerOf() caller: MachineCaller,
    @Query('day') day?: string,
    @Query('sender') sender?: string,
  ): Promise<{ items: readonly RejectFileSummary[]; total: number; next: null }> {
    const items = await this.files.list(viewer(caller), {
      day: day === undefined ? null : checkedDay(day),
      sender: sender === undefined ? null : checkedSender(sender),
    });
    return { items, total: items.length, next: null };
  }

  @Get(':day/:sender')
  @ApiOperation({ summary: 'Télécharger un fichier de rejets (CSV pour Excel, ou JSON)' })
  @ApiProduces('text/csv', 'application/json')
  @ApiQuery({ name: 'format', required: false, enum: ['csv', 'json'] })
  async download(
    @CallerOf() caller: MachineCaller,
    @Res({ passthrough: true }) response: Response,
    @Param('day') day: string,
    @Param('sender') sender: string,
    @Query('format') format: string = 'csv',
  ): Promise<StreamableFile> {
    const file = await this.files.open(viewer(caller), checkedDay(day), checkedSender(sender), checkedFormat(format));
    if (file === null)
      throw new Problem(404, 'REJ-404', `Aucun rejet le ${day} pour cet émetteur, ou il n’est pas des vôtres.`);
    if (file.sha256 !== null) {
      response.setHeader('ETag', `"${file.sha256}"`);
      response.setHeader('X-Content-SHA256', file.sha256);
    }
    response.setHeader('Cache-Control', 'private, no-cache');
    return new StreamableFile(file.bytes, {
      type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      disposition: `attachment; filename="${file.name}"`,
    });
  }
}

/** Whose eyes: the structure that the connection belongs to, or everybody's for an operator. */
function viewer(caller: MachineCaller): string | null {
  return caller.kind === 'operator' ? null : caller.connection.structure;
}

function checkedDay(day: string): string {
  if (typeof day !== 'string' || !isParisDay(day)) throw new Problem(400, 'REJ-400', 'Le jour s’écrit AAAA-MM-JJ.');
  return day;
}

/** One text that an identifier may be; PostgreSQL has no place for NUL. */
function checkedSender(sender: string): string {
  if (typeof sender !== 'string' || sender.includes('\0'))
    throw new Problem(400, 'REJ-402', 'Le paramètre « sender » est un identifiant.');
  return sender;
}

function checkedFormat(format: string): RejectFileFormat {
  if (format !== 'csv' && format !== 'json')
    throw new Problem(400, 'REJ-401', 'Le paramètre « format » vaut csv ou json.');
  return format;
}
