import type { Caller } from '#application';
import { Controller, Headers, HttpCode, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import { attemptOf } from '../platform/idempotency-key.js';
import { Identifier } from '../platform/parameters.js';
import { SentFileView } from './draft-views.js';
import { SendFile } from './send-file.js';

const LONGEST_NAME = 200;

/** Files that people send: PDF, Factur-X, XML, archives (R20, R21). */
@ApiTags('saisie')
@ApiBearerAuth()
@AllowAccess('person')
@Controller('api/structures/:identifier/invoice-files')
@ApiParam({ name: 'identifier', type: String, description: 'Structure qui envoie' })
export class SentFilesController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Envoyer un fichier de factures, reconnu d’après son contenu ; sans « confirmed », seulement le contrôler',
    description:
      'Le corps est le fichier : 120 Mo pour un PDF, 100 Mo pour un XML, 30 Mo pour une archive. Avec Idempotency-Key (UUID), le redemander répond le même flux.',
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiQuery({ name: 'confirmed', required: false, enum: ['true', 'false'] })
  @ApiQuery({ name: 'name', required: false, description: 'Nom du fichier, repris dans la réponse' })
  @ApiOkResponse({ type: SentFileView })
  send(
    @Identifier() structure: string,
    @CallerOf() caller: Caller,
    @Req() request: Request,
    @Query('confirmed') confirmed?: string,
    @Query('name') name?: string,
    @Headers('idempotency-key') key?: string,
  ): Promise<SentFileView> {
    const called = typeof name === 'string' ? name.slice(0, LONGEST_NAME) : 'facture';
    // What ends the reading early must not cut the connection: the refusal has still to be answered.
    const bytes = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    return this.commands.execute(new SendFile(caller, structure, bytes, called, attemptOf(key), confirmed === 'true'));
  }
}
