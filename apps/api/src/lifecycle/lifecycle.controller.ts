import type { Caller } from '#application';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { paging } from '../lists/paging-query.js';
import { attachmentNamed } from '../platform/attachment-named.js';
import { download } from '../platform/download.js';
import { Completion, JoinedDocuments, NewStatus, NewValidator, Recycling, Validation } from './bodies.js';
import { ChangeInvoiceStatus, ValidateInvoice, type StatusOutcome } from './change-status.js';
import { OpenSupportingDocument } from './invoice-documents.js';
import { OpenInvoiceDocument, OpenInvoiceFile } from './invoice-file.js';
import { AddSupportingDocuments, CompleteInvoice } from './issuer-documents.js';
import { GetInvoice } from './get-invoice.js';
import { filterOf, InvoiceListQuery } from './invoice-list-query.js';
import { ListInvoices } from './list-invoices.js';
import { InvoicePage, InvoiceView, type InvoiceSummary } from './invoice-views.js';
import { notFound } from './invoices-in-life.js';
import { AcknowledgeRejection, CorrectValidator, RecycleInvoice } from './issuer-commands.js';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** The life of an invoice from the moment that it is made available (R25 to R27). */
@ApiTags('factures')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/invoices')
export class LifecycleController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Lister ses factures : reçues, émises, à valider ; ses mémoires de frais de justice' })
  @ApiOkResponse({ type: InvoicePage })
  list(@Query() query: InvoiceListQuery, @CallerOf() caller: Caller): Promise<Page<InvoiceSummary>> {
    const order = { by: query.sort ?? 'deposited', direction: query.order ?? 'desc' };
    return this.queries.execute(
      new ListInvoices(caller, query.list ?? 'received', filterOf(query), order, paging(query)),
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'Consulter une facture : ses données, ses pièces, son historique, la suite possible' })
  @ApiParam({ name: 'id', type: String })
  @ApiOkResponse({ type: InvoiceView })
  get(@Id() id: string, @CallerOf() caller: Caller): Promise<InvoiceView> {
    return this.queries.execute(new GetInvoice(caller, id));
  }

  @Get(':id/supporting-documents/:sha256')
  @ApiOperation({ summary: 'Télécharger une pièce jointe' })
  @ApiParam({ name: 'id', type: String })
  @ApiProduces('application/octet-stream')
  async supportingDocument(
    @Id() id: string,
    @Param('sha256') sha256: string,
    @CallerOf() caller: Caller,
  ): Promise<StreamableFile> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw notFound();
    const { document, bytes } = await this.queries.execute(new OpenSupportingDocument(caller, id, sha256));
    return download(document, bytes);
  }

  @Post(':id/supporting-documents')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Joindre des pièces, transmises auparavant, à une facture émise ; son statut ne change pas',
  })
  @ApiParam({ name: 'id', type: String })
  addDocuments(
    @Id() id: string,
    @Body() { supportingDocuments }: JoinedDocuments,
    @CallerOf() caller: Caller,
  ): Promise<StatusOutcome> {
    return this.commands.execute(new AddSupportingDocuments(caller, id, supportingDocuments));
  }

  @Get(':id/document')
  @ApiOperation({ summary: 'Télécharger la facture elle-même, telle que reçue : XML ou PDF' })
  @ApiParam({ name: 'id', type: String })
  @ApiProduces('application/xml', 'application/pdf')
  async document(@Id() id: string, @CallerOf() caller: Caller): Promise<StreamableFile> {
    const { kind, size, stream, name } = await this.queries.execute(new OpenInvoiceDocument(caller, id));
    const disposition = attachmentNamed(name);
    return new StreamableFile(stream, { type: `application/${kind}`, length: size, disposition });
  }

  @Get(':id/file')
  @ApiOperation({ summary: 'Télécharger tout le dossier de la facture : elle-même, ses pièces et un manifeste (zip)' })
  @ApiParam({ name: 'id', type: String })
  @ApiProduces('application/zip')
  async wholeFile(@Id() id: string, @CallerOf() caller: Caller): Promise<StreamableFile> {
    const { name, stream } = await this.queries.execute(new OpenInvoiceFile(caller, id));
    return new StreamableFile(stream, { type: 'application/zip', disposition: attachmentNamed(name) });
  }

  @Post(':id/status')
  @HttpCode(200)
  @ApiOperation({ summary: 'Traiter une facture reçue : poser un statut' })
  @ApiParam({ name: 'id', type: String })
  changeStatus(@Id() id: string, @Body() body: NewStatus, @CallerOf() caller: Caller): Promise<StatusOutcome> {
    const { status, cppStatut, afnor, reason, comment, paymentOrder } = body;
    const change = {
      named: { status: status ?? null, cppStatut: cppStatut ?? null, afnor: afnor ?? null },
      reason: reason ?? null,
      comment: comment ?? null,
      paymentOrder: paymentOrder ?? null,
    };
    return this.commands.execute(new ChangeInvoiceStatus(caller, id, change));
  }

  @Post(':id/validation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Valider ou refuser la facture d’un sous-traitant ou d’un cotraitant' })
  @ApiParam({ name: 'id', type: String })
  validate(@Id() id: string, @Body() body: Validation, @CallerOf() caller: Caller): Promise<StatusOutcome> {
    const { outcome, reason, comment, secondValidator } = body;
    const second = secondValidator === undefined ? null : { identifier: secondValidator, name: null };
    const verdict = { outcome, reason: reason ?? null, comment: comment ?? null, secondValidator: second };
    return this.commands.execute(new ValidateInvoice(caller, id, verdict));
  }

  @Post(':id/recycling')
  @HttpCode(200)
  @ApiOperation({ summary: 'Recycler : envoyer la facture au bon destinataire' })
  @ApiParam({ name: 'id', type: String })
  recycle(@Id() id: string, @Body() body: Recycling, @CallerOf() caller: Caller): Promise<StatusOutcome> {
    return this.commands.execute(new RecycleInvoice(caller, id, { ...body, comment: body.comment ?? null }));
  }

  @Post(':id/completion')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Compléter une facture suspendue : par une réponse, des pièces transmises auparavant, ou les deux',
  })
  @ApiParam({ name: 'id', type: String })
  complete(@Id() id: string, @Body() body: Completion, @CallerOf() caller: Caller): Promise<StatusOutcome> {
    const { comment, supportingDocuments } = body;
    return this.commands.execute(new CompleteInvoice(caller, id, comment ?? null, supportingDocuments ?? []));
  }

  @Post(':id/validator')
  @HttpCode(200)
  @ApiOperation({ summary: 'Nommer un autre valideur' })
  @ApiParam({ name: 'id', type: String })
  correctValidator(@Id() id: string, @Body() body: NewValidator, @CallerOf() caller: Caller): Promise<StatusOutcome> {
    return this.commands.execute(new CorrectValidator(caller, id, body.validator, body.comment ?? null));
  }

  @Post(':id/rejection-acknowledgement')
  @HttpCode(200)
  @ApiOperation({ summary: 'Acquitter un rejet' })
  @ApiParam({ name: 'id', type: String })
  acknowledge(@Id() id: string, @CallerOf() caller: Caller): Promise<StatusOutcome> {
    return this.commands.execute(new AcknowledgeRejection(caller, id));
  }
}
