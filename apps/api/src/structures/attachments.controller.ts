import type { Caller } from '#application';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf, type PersonCaller, noMachine } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { paging } from '../lists/paging-query.js';
import {
  AttachUser,
  RefuseAttachment,
  RequestAttachment,
  ValidateAttachment,
  type AttachmentLine,
} from './attachments.js';
import { RefusalReason, RequestFilter, UserToAttach } from './bodies.js';
import { Account, Identifier } from '../platform/parameters.js';
import { namedPerson } from './deciding.js';
import { ListAttachmentRequests } from './people-queries.js';
import type { AttachmentRequestView } from './people-views.js';

/** Requests for attachment, and attachments without any (R04, R05). */
@ApiTags('rattachements')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api')
export class AttachmentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('attachment-requests')
  @ApiOperation({
    summary: 'Lister les demandes de rattachement à juger, toutes structures confondues, ou les siennes',
  })
  list(@Query() query: RequestFilter, @CallerOf() caller: Caller): Promise<Page<AttachmentRequestView>> {
    const { scope } = query;
    return this.queries.execute(new ListAttachmentRequests(noMachine(caller), scope ?? 'to-judge', paging(query)));
  }

  @Post('structures/:identifier/attachment-requests')
  @HttpCode(202)
  @AllowAccess('person')
  @ApiOperation({ summary: 'Demander à être rattaché à une structure' })
  @ApiParam({ name: 'identifier', type: String })
  request(@Identifier() identifier: string, @CallerOf() caller: PersonCaller): Promise<void> {
    return this.commands.execute(new RequestAttachment(caller, identifier));
  }

  @Post('structures/:identifier/attachment-requests/:account/validate')
  @HttpCode(204)
  @ApiOperation({ summary: 'Valider une demande de rattachement (gestionnaires)' })
  @ApiParam({ name: 'identifier', type: String })
  @ApiParam({ name: 'account', schema: { format: 'uuid' } })
  validate(@Identifier() structure: string, @Account() account: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new ValidateAttachment(caller, { structure, account }));
  }

  @Post('structures/:identifier/attachment-requests/:account/refuse')
  @HttpCode(204)
  @ApiOperation({ summary: 'Refuser une demande de rattachement (gestionnaires)' })
  @ApiParam({ name: 'identifier', type: String })
  @ApiParam({ name: 'account', schema: { format: 'uuid' } })
  refuse(
    @Identifier() structure: string,
    @Account() account: string,
    @Body() { reason }: RefusalReason,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.commands.execute(new RefuseAttachment(caller, { structure, account }, reason ?? null));
  }

  @Post('attachments')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Rattacher un utilisateur à plusieurs structures ; la réponse dit ligne par ligne ce qui a été fait',
  })
  async attach(@Body() body: UserToAttach, @CallerOf() caller: Caller): Promise<{ lines: readonly AttachmentLine[] }> {
    const lines = await this.commands.execute(new AttachUser(noMachine(caller), namedPerson(body), body.structures));
    return { lines };
  }
}
