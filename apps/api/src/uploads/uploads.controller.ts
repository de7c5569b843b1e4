import type { Caller } from '#application';
import { Controller, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import { Problem } from '../platform/problem.js';
import { UploadFile } from './upload-file.js';
import type { UploadedFile } from './uploaded-files.js';

/** Files that people, machines and operators upload before a command cites them (R24). */
@ApiTags('fichiers')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/files')
export class UploadsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @ApiOperation({ summary: 'Transmettre un fichier à joindre : le corps de la requête est le fichier, 10 Mo au plus' })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiQuery({ name: 'name', description: 'Nom du fichier, 50 caractères au plus, avec son extension' })
  upload(@CallerOf() caller: Caller, @Req() request: Request, @Query('name') name?: string): Promise<UploadedFile> {
    if (!request.is('application/octet-stream'))
      throw new Problem(415, 'FIC-415', 'Envoyez le fichier avec « Content-Type: application/octet-stream ».');
    // What ends the reading early must not cut the connection: the refusal has still to be answered.
    const bytes = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    return this.commands.execute(new UploadFile(caller, typeof name === 'string' ? name : '', bytes));
  }
}
