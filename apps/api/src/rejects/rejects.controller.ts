import { Decisions, RejectFiles, type Caller, type RejectFileFormat, type RejectFileSummary } from '#application';
import { isParisDay, STRUCTURE_IDENTIFIER } from '#domain';
import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import { Problem } from '../platform/problem.js';

/**
 * "Accéder aux rejets EDI" (R44): one file per Europe/Paris day and per sender. A connection looks with the eyes of its structure; a
 * person names the structure, of which they must be a manager (`reject-file.read`).
 */
@ApiTags('rejets')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/rejects')
export class RejectsController {
  constructor(
    private readonly files: RejectFiles,
    private readonly decisions: Decisions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Lister les fichiers de rejets, par jour et par émetteur' })
  @ApiQuery({ name: 'day', required: false, description: 'Jour civil Europe/Paris, AAAA-MM-JJ' })
  @ApiQuery({ name: 'sender', required: false, description: 'Identifiant de l’émetteur (SIRET)' })
  @ApiQuery({
    name: 'structure',
    required: false,
    description: 'Pour une personne : la structure dont elle est gestionnaire',
  })
  async list(
    @CallerOf() caller: Caller,
    @Query('day') day?: string,
    @Query('sender') sender?: string,
    @Query('structure') structure?: string,
  ): Promise<{ items: readonly RejectFileSummary[]; total: number; next: null }> {
    const items = await this.files.list(await this.viewer(caller, structure), {
      day: day === undefined ? null : checkedDay(day),
      sender: sender === undefined ? null : checkedSender(sender),
    });
    return { items, total: items.length, next: null };
  }

  @Get(':day/:sender')
  @ApiOperation({ summary: 'Télécharger un fichier de rejets (CSV pour Excel, ou JSON)' })
  @ApiProduces('text/csv', 'application/json')
  @ApiQuery({ name: 'format', required: false, enum: ['csv', 'json'] })
  @ApiQuery({
    name: 'structure',
    required: false,
    description: 'Pour une personne : la structure dont elle est gestionnaire',
  })
  async download(
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) response: Response,
    @Param('day') day: string,
    @Param('sender') sender: string,
    @Query('format') format: string = 'csv',
    @Query('structure') structure?: string,
  ): Promise<StreamableFile> {
    const viewer = await this.viewer(caller, structure);
    const file = await this.files.open(viewer, checkedDay(day), checkedSender(sender), checkedFormat(format));
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

  /** Whose eyes: everybody's for an operator, those of the connection's structure, or of one that the person manages. */
  private async viewer(caller: Caller, structure: string | undefined): Promise<string | null> {
    if (caller.kind === 'operator') return null;
    if (caller.kind === 'connection') return caller.connection.structure;
    if (typeof structure !== 'string' || !STRUCTURE_IDENTIFIER.test(structure))
      throw new Problem(400, 'REJ-403', 'Nommez dans « structure » celle dont vous êtes gestionnaire.');
    await this.decisions.look(caller, (session) => session.authorise('reject-file.read', structure));
    return structure;
  }
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
