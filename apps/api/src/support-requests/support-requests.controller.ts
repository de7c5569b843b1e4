import { SUPPORT_REQUEST_CATEGORIES } from '#domain';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { validate as isUuid } from 'uuid';
import type { Caller } from '#application';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf, type PersonCaller } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { paging } from '../lists/paging-query.js';
import { download } from '../platform/download.js';
import { Problem } from '../platform/problem.js';
import { Answer, Assignment, Closing, SupportRequestBody, SupportRequestFilter, type JoinedFile } from './bodies.js';
import { CreateSupportRequest } from './create-support-request.js';
import { unknownSupportRequest } from './parties.js';
import { GetSupportRequest, ListSupportRequests, OpenSupportRequestFile } from './support-request-queries.js';
import type { SupportRequestSummary, SupportRequestThread } from './support-request-views.js';
import { AnswerSupportRequest, AssignSupportRequest, CloseSupportRequest } from './treat-support-request.js';

/** Support requests (R18): of people to the platform's support or to a structure, and what becomes of them. */
@ApiTags('sollicitations')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/support-requests')
export class SupportRequestsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('categories')
  @ApiOperation({ summary: 'Lister les catégories et sous-catégories de sollicitations' })
  categories(): object {
    const items = Object.entries(SUPPORT_REQUEST_CATEGORIES).map(([code, { label, subcategories }]) => ({
      code,
      label,
      subcategories: Object.entries(subcategories).map(([sub, name]) => ({ code: sub, label: name })),
    }));
    return { items, total: items.length, next: null };
  }

  @Post()
  @AllowAccess('person')
  @ApiOperation({ summary: 'Saisir une sollicitation, au support ou aux gestionnaires d’une structure' })
  create(
    @CallerOf() caller: PersonCaller,
    @Body() { structure, recipientStructure, category, subcategory, subject, text, files }: SupportRequestBody,
  ): Promise<{ readonly request: string }> {
    const recipient =
      recipientStructure === undefined
        ? ({ kind: 'support' } as const)
        : ({ kind: 'structure', structure: recipientStructure } as const);
    const wanted = { structure, recipient, category, subcategory, subject, text, files: joined(files) };
    return this.commands.execute(new CreateSupportRequest(caller, wanted));
  }

  @Get()
  @ApiOperation({
    summary: 'Lister ses sollicitations, ou celles qu’une structure a reçues ; au support, celles du support',
  })
  list(@CallerOf() caller: Caller, @Query() query: SupportRequestFilter): Promise<Page<SupportRequestSummary>> {
    const { box, structure, status, category } = query;
    actorName(caller);
    return this.queries.execute(
      new ListSupportRequests(caller, {
        box: box ?? 'issued',
        structure: structure ?? null,
        status: status ?? null,
        category: category ?? null,
        ...paging(query),
      }),
    );
  }

  @Get(':request')
  @ApiOperation({ summary: 'Lire une sollicitation et ses réponses' })
  get(@CallerOf() caller: Caller, @Param('request') request: string): Promise<SupportRequestThread> {
    return this.queries.execute(new GetSupportRequest(caller, identified(caller, request)));
  }

  @Get(':request/files/:sha256')
  @ApiOperation({ summary: 'Télécharger un fichier d’une sollicitation' })
  async file(
    @CallerOf() caller: Caller,
    @Param('request') request: string,
    @Param('sha256') sha256: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const query = new OpenSupportRequestFile(caller, identified(caller, request), sha256);
    const { file, bytes } = await this.queries.execute(query);
    response.setHeader('Cache-Control', 'private, no-store');
    return download(file, bytes);
  }

  @Post(':request/assign')
  @HttpCode(204)
  @ApiOperation({ summary: 'Prendre en charge une sollicitation reçue, ou la confier à quelqu’un' })
  assign(
    @CallerOf() caller: Caller,
    @Param('request') request: string,
    @Body() { assignee }: Assignment,
  ): Promise<void> {
    const to = assignee?.toLowerCase() ?? null;
    return this.commands.execute(new AssignSupportRequest(caller, identified(caller, request), to));
  }

  @Post(':request/answer')
  @HttpCode(204)
  @ApiOperation({ summary: 'Répondre à une sollicitation, ou la compléter' })
  answer(
    @CallerOf() caller: Caller,
    @Param('request') request: string,
    @Body() { text, files }: Answer,
  ): Promise<void> {
    const answer = { text, files: joined(files) };
    return this.commands.execute(new AnswerSupportRequest(caller, identified(caller, request), answer));
  }

  @Post(':request/close')
  @HttpCode(204)
  @ApiOperation({ summary: 'Clore une sollicitation : traitée, refusée, ou retirée par son auteur' })
  close(@CallerOf() caller: Caller, @Param('request') request: string, @Body() { outcome }: Closing): Promise<void> {
    return this.commands.execute(new CloseSupportRequest(caller, identified(caller, request), outcome));
  }
}

/** Who acts, by the name that the log gives. @throws Problem (403, `AUTH-002`) to a machine, which has no requests */
function actorName(caller: Caller): string {
  if (caller.kind === 'operator') return 'operator';
  if (caller.kind === 'person') return caller.account;
  throw new Problem(403, 'AUTH-002', 'Cette route est réservée aux personnes et aux exploitants de la plateforme.');
}

function identified(caller: Caller, request: string): string {
  actorName(caller);
  if (!isUuid(request)) throw unknownSupportRequest();
  return request.toLowerCase();
}

function joined(files: readonly JoinedFile[] = []) {
  return files.map(({ name, sha256, size, administrativeCertificate }) => ({
    name,
    sha256,
    size,
    administrativeCertificate: administrativeCertificate ?? false,
  }));
}
