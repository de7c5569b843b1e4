import type { Caller } from '#application';
import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { paging } from '../lists/paging-query.js';
import { download } from '../platform/download.js';
import { SendingBody } from '../platform/typed-terms.js';
import {
  NewRefundRequestBody,
  RefundRequestBody,
  RefundRequestFilter,
  RefundTreatmentBody,
  typedRequest,
} from './refund-request-bodies.js';
import {
  CreateRefundRequest,
  DeleteRefundRequest,
  SaveRefundRequest,
  SendRefundRequest,
  TreatRefundRequest,
} from './refund-request-commands.js';
import { GetRefundRequest, ListRefundRequests, OpenRefundRequestFile } from './refund-request-queries.js';
import {
  RefundRequestPage,
  RefundRequestView,
  RefundSendingView,
  type RefundRequestSummary,
} from './refund-request-views.js';

const Request = (): ParameterDecorator => Param('request', new ParseUUIDPipe());
const RequestParam = (): MethodDecorator => ApiParam({ name: 'request', type: String, description: 'Demande (UUID)' });

/** Requests to have energy taxes paid back (R29): prepared and sent by structures, treated by those that they are sent to. */
@ApiTags('remboursements de taxes sur l’énergie')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/refund-requests')
export class RefundRequestsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Saisir une demande de remboursement TIC/TICGN, même incomplète' })
  @ApiCreatedResponse({ type: RefundRequestView })
  create(@Body() { structure, content }: NewRefundRequestBody, @CallerOf() caller: Caller): Promise<RefundRequestView> {
    return this.commands.execute(new CreateRefundRequest(caller, structure, typedRequest(content)));
  }

  @Get()
  @ApiOperation({ summary: 'Rechercher les demandes faites ou reçues par une structure, de la dernière à la première' })
  @ApiOkResponse({ type: RefundRequestPage })
  list(@Query() query: RefundRequestFilter, @CallerOf() caller: Caller): Promise<Page<RefundRequestSummary>> {
    const { box = 'issued', structure = null, status = null, tax = null, number = null } = query;
    const wanted = { box, structure, status, tax, number };
    return this.queries.execute(new ListRefundRequests(caller, wanted, paging(query)));
  }

  @Get(':request')
  @RequestParam()
  @ApiOperation({ summary: 'Lire une demande : son contenu, son montant, ce qui manque, ses statuts' })
  @ApiOkResponse({ type: RefundRequestView })
  get(@Request() request: string, @CallerOf() caller: Caller): Promise<RefundRequestView> {
    return this.queries.execute(new GetRefundRequest(caller, request));
  }

  @Put(':request')
  @RequestParam()
  @ApiOperation({ summary: 'Enregistrer un brouillon : le contenu remplace le précédent' })
  @ApiOkResponse({ type: RefundRequestView })
  save(
    @Request() request: string,
    @Body() { content }: RefundRequestBody,
    @CallerOf() caller: Caller,
  ): Promise<RefundRequestView> {
    return this.commands.execute(new SaveRefundRequest(caller, request, typedRequest(content)));
  }

  @Delete(':request')
  @HttpCode(204)
  @RequestParam()
  @ApiOperation({ summary: 'Supprimer un brouillon' })
  remove(@Request() request: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new DeleteRefundRequest(caller, request));
  }

  @Post(':request/sending')
  @HttpCode(200)
  @RequestParam()
  @ApiOperation({
    summary: 'Valider et envoyer une demande ; sans « confirmed », seulement la contrôler',
    description: 'Une demande envoyée ne change plus. La renvoyer répond le même numéro.',
  })
  @ApiOkResponse({ type: RefundSendingView })
  send(
    @Request() request: string,
    @Body() { confirmed }: SendingBody,
    @CallerOf() caller: Caller,
  ): Promise<RefundSendingView> {
    return this.commands.execute(new SendRefundRequest(caller, request, confirmed === true));
  }

  @Post(':request/status')
  @HttpCode(204)
  @RequestParam()
  @ApiOperation({ summary: 'Traiter une demande reçue : la mettre à disposition, l’accepter, la refuser, la payer' })
  treat(
    @Request() request: string,
    @Body() { status, reason }: RefundTreatmentBody,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.commands.execute(new TreatRefundRequest(caller, request, status, reason ?? null));
  }

  @Get(':request/files/:sha256')
  @Header('Cache-Control', 'private, no-store')
  @RequestParam()
  @ApiOperation({ summary: 'Télécharger une facture ou une pièce justificative d’une demande' })
  async file(
    @Request() request: string,
    @Param('sha256') sha256: string,
    @CallerOf() caller: Caller,
  ): Promise<StreamableFile> {
    const { file, bytes } = await this.queries.execute(new OpenRefundRequestFile(caller, request, sha256));
    return download(file, bytes);
  }
}
