import { CLOCK, type Caller, type Clock, type ExportFormat } from '#application';
import { parisDay, ROLES, type Role } from '#domain';
import { Controller, Get, Header, Inject, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsBooleanString, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { Readable } from 'node:stream';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import { ExportStructures, ExportUsers } from './export-queries.js';

/** Form of an export. */
export class ExportOptions {
  @ApiPropertyOptional({ description: 'Forme du fichier', enum: ['csv', 'json'], default: 'csv' })
  @IsOptional()
  @IsIn(['csv', 'json'])
  format?: ExportFormat;
}

/** Which users to export. */
export class UsersExportFilter extends ExportOptions {
  @ApiPropertyOptional({ description: 'État des habilitations', enum: ['attached', 'deactivated'] })
  @IsOptional()
  @IsIn(['attached', 'deactivated'])
  status?: 'attached' | 'deactivated';

  @ApiPropertyOptional({ description: 'Rôle sur la structure', enum: ROLES })
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;
}

/** Which structures to export. */
export class StructuresExportFilter extends ExportOptions {
  @ApiPropertyOptional({ description: 'Rôle de la personne connectée', enum: ['primary', 'secondary'] })
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ description: 'Vrai pour les structures actives, faux pour les autres', type: Boolean })
  @IsOptional()
  @IsBooleanString()
  active?: string;

  @ApiPropertyOptional({ description: 'Début de l’identifiant, ou partie de la raison sociale' })
  @IsOptional()
  @IsString()
  @MaxLength(99)
  search?: string;
}

/** What managers take away of their users and structures (R15). Somebody who manages nothing gets a file without rows. */
@ApiTags('exports')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/exports')
export class ExportsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('users')
  @Header('Cache-Control', 'private, no-store')
  @ApiOperation({ summary: 'Exporter les utilisateurs de ses structures (gestionnaires) ; pour un exploitant, tous' })
  @ApiProduces('text/csv', 'application/json')
  async users(@CallerOf() caller: Caller, @Query() query: UsersExportFilter): Promise<StreamableFile> {
    const { format = 'csv', status = null, role = null } = query;
    return this.file(
      'utilisateurs',
      format,
      await this.queries.execute(new ExportUsers(caller, { status, role }, format)),
    );
  }

  @Get('structures')
  @Header('Cache-Control', 'private, no-store')
  @ApiOperation({ summary: 'Exporter ses structures et leurs services (gestionnaires) ; pour un exploitant, toutes' })
  @ApiProduces('text/csv', 'application/json')
  async structures(@CallerOf() caller: Caller, @Query() query: StructuresExportFilter): Promise<StreamableFile> {
    const { format = 'csv', role = null, active, search = '' } = query;
    const filter = {
      role,
      active: active === undefined ? null : active === 'true' || active === '1',
      search: search === '' ? null : search,
    };
    return this.file('structures', format, await this.queries.execute(new ExportStructures(caller, filter, format)));
  }

  private file(name: string, format: ExportFormat, bytes: AsyncIterable<Buffer>): StreamableFile {
    return new StreamableFile(Readable.from(bytes, { objectMode: false }), {
      type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      disposition: `attachment; filename="${name}_${parisDay(this.clock.now())}.${format}"`,
    });
  }
}
