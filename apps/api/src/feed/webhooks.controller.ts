import type { Caller } from '#application';
import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { Problem } from '../platform/problem.js';
import { DeliveriesQuery, NewWebhook, Replay, Rotation, WebhookListQuery } from './webhook-bodies.js';
import { CommandWebhook, RegisterWebhook, RotateWebhookSecret, type WebhookOrder } from './webhook-commands.js';
import { GetWebhook, ListDeliveries, ListWebhooks } from './webhook-queries.js';
import { NewSecret, RegisteredWebhook, WebhookView, type DeliveryView } from './webhook-views.js';

const PAGE_SIZE = 50;
const USUAL_OVERLAP_HOURS = 24;
const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** Webhooks of a structure (R48), for its managers and its connection. */
@ApiTags('webhooks')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/webhooks')
export class WebhooksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Déclarer un webhook : ses évènements seront postés à cette adresse, signés' })
  @ApiCreatedResponse({ type: RegisteredWebhook })
  register(@Body() body: NewWebhook, @CallerOf() caller: Caller): Promise<RegisteredWebhook> {
    const { url, description = null, after = null } = body;
    const structure = structureOf(caller, body.structure);
    return this.commands.execute(new RegisterWebhook(caller, structure, { url, description, after }));
  }

  @Get()
  @ApiOperation({ summary: 'Lister les webhooks d’une structure' })
  list(@Query() { structure }: WebhookListQuery, @CallerOf() caller: Caller): Promise<Page<WebhookView>> {
    return this.queries.execute(new ListWebhooks(caller, structureOf(caller, structure)));
  }

  @Get(':id')
  @ApiOperation({ summary: 'Consulter un webhook : son état, où il en est' })
  @ApiParam({ name: 'id', type: String })
  @ApiOkResponse({ type: WebhookView })
  get(@Id() id: string, @CallerOf() caller: Caller): Promise<WebhookView> {
    return this.queries.execute(new GetWebhook(caller, id));
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'Lister les derniers envois d’un webhook, réussis ou non' })
  @ApiParam({ name: 'id', type: String })
  deliveries(
    @Id() id: string,
    @Query() { limit }: DeliveriesQuery,
    @CallerOf() caller: Caller,
  ): Promise<Page<DeliveryView>> {
    return this.queries.execute(new ListDeliveries(caller, id, Number(limit ?? PAGE_SIZE)));
  }

  @Post(':id/secret')
  @HttpCode(200)
  @ApiOperation({ summary: 'Changer le secret d’un webhook' })
  @ApiParam({ name: 'id', type: String })
  @ApiOkResponse({ type: NewSecret })
  rotate(@Id() id: string, @Body() { overlapHours }: Rotation, @CallerOf() caller: Caller): Promise<NewSecret> {
    return this.commands.execute(new RotateWebhookSecret(caller, id, overlapHours ?? USUAL_OVERLAP_HOURS));
  }

  @Post(':id/disable')
  @HttpCode(204)
  @ApiOperation({ summary: 'Désactiver un webhook' })
  @ApiParam({ name: 'id', type: String })
  disable(@Id() id: string, @CallerOf() caller: Caller): Promise<void> {
    return this.order(caller, id, { what: 'disable' });
  }

  @Post(':id/enable')
  @HttpCode(204)
  @ApiOperation({ summary: 'Réactiver un webhook : il reprend où il s’est arrêté' })
  @ApiParam({ name: 'id', type: String })
  enable(@Id() id: string, @CallerOf() caller: Caller): Promise<void> {
    return this.order(caller, id, { what: 'enable' });
  }

  @Post(':id/replay')
  @HttpCode(204)
  @ApiOperation({ summary: 'Renvoyer tout ce qui suit un curseur' })
  @ApiParam({ name: 'id', type: String })
  replay(@Id() id: string, @Body() { after }: Replay, @CallerOf() caller: Caller): Promise<void> {
    return this.order(caller, id, { what: 'replay', after });
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Supprimer un webhook' })
  @ApiParam({ name: 'id', type: String })
  remove(@Id() id: string, @CallerOf() caller: Caller): Promise<void> {
    return this.order(caller, id, { what: 'remove' });
  }

  private order(caller: Caller, id: string, order: WebhookOrder): Promise<void> {
    return this.commands.execute(new CommandWebhook(caller, id, order));
  }
}

/** A connection acts for its own structure; everybody else says for which. */
function structureOf(caller: Caller, structure: string | undefined): string {
  if (structure !== undefined) return structure;
  if (caller.kind === 'connection') return caller.connection.structure;
  throw new Problem(400, 'WHK-400', 'Dites pour quelle structure : « structure ».');
}
