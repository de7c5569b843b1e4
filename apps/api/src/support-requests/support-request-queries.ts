import { Decisions, OBJECTS, type Caller } from '#application';
import type { SupportRequestFile } from '#domain';
import type { ObjectStore } from '#persistence';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import type { Page } from '../lists/page.js';
import { Problem } from '../platform/problem.js';
import { concerned, unknownSupportRequest } from './parties.js';
import {
  SUMMARIES,
  summaryOf,
  writer,
  type SummaryRow,
  type SupportRequestSummary,
  type SupportRequestThread,
} from './support-request-views.js';

/** Which requests, and which page of them. */
export interface SupportRequestsWanted {
  readonly box: 'issued' | 'received';
  readonly structure: string | null;
  readonly status: string | null;
  readonly category: string | null;
  /** Number of the last request of the page before; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
}

/** One's own requests, those that a structure received, or, for operators, those that support received; the latest first. */
export class ListSupportRequests extends Query<Page<SupportRequestSummary>> {
  constructor(
    readonly caller: Caller,
    readonly wanted: SupportRequestsWanted,
  ) {
    super();
  }
}

/** A request that the caller made or treats, with all that was written on it. */
export class GetSupportRequest extends Query<SupportRequestThread> {
  constructor(
    readonly caller: Caller,
    readonly request: string,
  ) {
    super();
  }
}

/** A file of such a request. */
export class OpenSupportRequestFile extends Query<{ readonly file: SupportRequestFile; readonly bytes: Readable }> {
  constructor(
    readonly caller: Caller,
    readonly request: string,
    readonly sha256: string,
  ) {
    super();
  }
}

@QueryHandler(ListSupportRequests)
export class ListSupportRequestsHandler implements IQueryHandler<ListSupportRequests> {
  constructor(
    private readonly decisions: Decisions,
    private readonly readModels: DataSource,
  ) {}

  async execute({ caller, wanted }: ListSupportRequests): Promise<Page<SupportRequestSummary>> {
    const { condition, parameter } = await this.visible(caller, wanted);
    const { structure, status, category, after, limit } = wanted;
    const ofStructure = wanted.box === 'received' && caller.kind === 'person' ? null : structure;
    const where = `WHERE ${condition} AND ($2::text IS NULL OR r.structure = $2)
      AND ($3::text IS NULL OR r.status = $3) AND ($4::text IS NULL OR r.category = $4)`;
    const parameters = [parameter, ofStructure, status, category];
    const [rows, [counted]] = await Promise.all([
      this.readModels.query<SummaryRow[]>(
        `${SUMMARIES} ${where} AND ($5::bigint IS NULL OR r.number < $5) ORDER BY r.number DESC LIMIT $6`,
        [...parameters, after, limit],
      ),
      this.readModels.query<{ total: number }[]>(
        `SELECT count(*)::integer AS total FROM read.support_requests r ${where}`,
        parameters,
      ),
    ]);
    const last = rows.at(-1);
    const next = last !== undefined && rows.length === limit ? last.number : null;
    return { items: rows.map(summaryOf), total: counted?.total ?? 0, next };
  }

  /** What the caller may see at all: a condition on `r` with `$1`. */
  private async visible(
    caller: Caller,
    { box, structure }: SupportRequestsWanted,
  ): Promise<{ readonly condition: string; readonly parameter: string | null }> {
    if (caller.kind === 'operator')
      return { condition: '$1::text IS NULL AND r.recipient_structure IS NULL', parameter: null };
    if (caller.kind === 'connection') throw unknownSupportRequest();
    if (box === 'issued') return { condition: 'r.author = $1', parameter: caller.account };
    if (structure === null)
      throw new Problem(400, 'SOL-400', 'Indiquez par « structure » celle dont vous voulez les sollicitations reçues.');
    await this.decisions.look(caller, (session) => session.authorise('support-request.treat', structure));
    return { condition: 'r.recipient_structure = $1', parameter: structure };
  }
}

interface MessageRow {
  readonly rank: number;
  readonly author: string;
  readonly name: string | null;
  readonly text: string | null;
  readonly files: readonly SupportRequestFile[] | null;
  readonly written_at: Date;
}

@QueryHandler(GetSupportRequest)
export class GetSupportRequestHandler implements IQueryHandler<GetSupportRequest> {
  constructor(
    private readonly decisions: Decisions,
    private readonly readModels: DataSource,
  ) {}

  async execute({ caller, request }: GetSupportRequest): Promise<SupportRequestThread> {
    await this.decisions.look(caller, (session) => concerned(session, request));
    const [[row], messages] = await Promise.all([
      this.readModels.query<SummaryRow[]>(`${SUMMARIES} WHERE r.request = $1`, [request]),
      this.readModels.query<MessageRow[]>(
        `SELECT m.*, nullif(concat_ws(' ', a.first_name, a.last_name), '') AS name
           FROM read.support_request_messages m LEFT JOIN read.accounts a ON a.account = m.author
          WHERE m.request = $1 ORDER BY m.rank`,
        [request],
      ),
    ]);
    if (row === undefined) throw unknownSupportRequest();
    return {
      ...summaryOf(row),
      messages: messages.map(({ rank, author, name, text, files, written_at: writtenAt }) => ({
        rank,
        author: writer(author, name),
        text,
        files,
        writtenAt: writtenAt.toISOString(),
      })),
    };
  }
}

@QueryHandler(OpenSupportRequestFile)
export class OpenSupportRequestFileHandler implements IQueryHandler<OpenSupportRequestFile> {
  constructor(
    private readonly decisions: Decisions,
    private readonly readModels: DataSource,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
  ) {}

  async execute({
    caller,
    request,
    sha256,
  }: OpenSupportRequestFile): Promise<{ readonly file: SupportRequestFile; readonly bytes: Readable }> {
    await this.decisions.look(caller, (session) => concerned(session, request));
    const rows = await this.readModels.query<{ files: readonly SupportRequestFile[] }[]>(
      'SELECT files FROM read.support_request_messages WHERE request = $1 AND files IS NOT NULL ORDER BY rank',
      [request],
    );
    const file = rows.flatMap(({ files }) => files).find((one) => one.sha256 === sha256);
    if (file === undefined) throw new Problem(404, 'SOL-404', 'Cette sollicitation n’a pas ce fichier.');
    return { file, bytes: await this.objects.open(sha256) };
  }
}
