import type { Caller } from '#application';
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { paging } from '../lists/paging-query.js';
import { attemptOf } from '../platform/idempotency-key.js';
import { Identifier } from '../platform/parameters.js';
import { SendingBody } from '../platform/typed-terms.js';
import { DraftBody, DraftFilter, InvoiceBody, typedContent } from './draft-bodies.js';
import { DeleteDraft, SaveDraft } from './draft-commands.js';
import { GetDraft, ListDrafts } from './draft-queries.js';
import { DraftPage, DraftView, SendingView, type DraftSummary } from './draft-views.js';
import { SendInvoice } from './send-invoice.js';

const Draft = (): ParameterDecorator => Param('draft', new ParseUUIDPipe());
const WAITING = ['open', 'confirmed'] as const;

/** Invoices under input: saved, completed, sent (R22). */
@ApiTags('saisie')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/structures/:identifier')
@ApiParam({ name: 'identifier', type: String, description: 'Structure qui émet' })
export class DraftsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('drafts')
  @ApiOperation({ summary: 'Enregistrer une facture en cours de saisie, même incomplète' })
  @ApiCreatedResponse({ type: DraftView })
  create(
    @Identifier() structure: string,
    @Body() { content }: DraftBody,
    @CallerOf() caller: Caller,
  ): Promise<DraftView> {
    return this.commands.execute(new SaveDraft(caller, structure, null, typedContent(content)));
  }

  @Get('drafts')
  @ApiOperation({ summary: 'Lister les brouillons d’une structure, du plus ancien au plus récent' })
  @ApiOkResponse({ type: DraftPage })
  list(
    @Identifier() structure: string,
    @Query() query: DraftFilter,
    @CallerOf() caller: Caller,
  ): Promise<Page<DraftSummary>> {
    const statuses = query.status === undefined ? WAITING : [query.status];
    return this.queries.execute(new ListDrafts(caller, structure, statuses, paging(query)));
  }

  @Get('drafts/:draft')
  @ApiOperation({ summary: 'Reprendre un brouillon : son contenu, ses montants, ce qui manque' })
  @ApiParam({ name: 'draft', type: String })
  @ApiOkResponse({ type: DraftView })
  get(@Identifier() structure: string, @Draft() draft: string, @CallerOf() caller: Caller): Promise<DraftView> {
    return this.queries.execute(new GetDraft(caller, structure, draft));
  }

  @Put('drafts/:draft')
  @ApiOperation({ summary: 'Enregistrer un brouillon : le contenu remplace le précédent' })
  @ApiParam({ name: 'draft', type: String })
  @ApiOkResponse({ type: DraftView })
  save(
    @Identifier() structure: string,
    @Draft() draft: string,
    @Body() { content }: DraftBody,
    @CallerOf() caller: Caller,
  ): Promise<DraftView> {
    return this.commands.execute(new SaveDraft(caller, structure, draft, typedContent(content)));
  }

  @Delete('drafts/:draft')
  @HttpCode(204)
  @ApiOperation({ summary: 'Supprimer un brouillon' })
  @ApiParam({ name: 'draft', type: String })
  remove(@Identifier() structure: string, @Draft() draft: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new DeleteDraft(caller, structure, draft));
  }

  @Post('drafts/:draft/sending')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Valider et envoyer un brouillon ; sans « confirmed », seulement le contrôler',
    description: 'Une facture envoyée ne change plus. La redemander répond le même flux.',
  })
  @ApiParam({ name: 'draft', type: String })
  @ApiOkResponse({ type: SendingView })
  send(
    @Identifier() structure: string,
    @Draft() draft: string,
    @Body() { confirmed }: SendingBody,
    @CallerOf() caller: Caller,
  ): Promise<SendingView> {
    return this.commands.execute(new SendInvoice(caller, structure, draft, null, confirmed === true));
  }

  @Post('invoices')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Envoyer une facture saisie sans l’enregistrer d’abord ; sans « confirmed », seulement la contrôler',
    description: 'Avec l’en-tête Idempotency-Key (UUID), la redemander répond le même flux.',
  })
  @ApiOkResponse({ type: SendingView })
  sendAtOnce(
    @Identifier() structure: string,
    @Body() { content, confirmed }: InvoiceBody,
    @CallerOf() caller: Caller,
    @Headers('idempotency-key') key?: string,
  ): Promise<SendingView> {
    return this.commands.execute(
      new SendInvoice(caller, structure, attemptOf(key), typedContent(content), confirmed === true),
    );
  }
}
