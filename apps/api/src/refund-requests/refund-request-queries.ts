import { Decisions, OBJECTS, type Caller } from '#application';
import { filesOfRefundRequest, type EnergyTax, type RefundRequestFile, type RefundRequestStatus } from '#domain';
import type { ObjectStore } from '#persistence';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import type { Page } from '../lists/page.js';
import { pageOf } from '../lists/page-of.js';
import type { Paging } from '../lists/paging-query.js';
import { Problem } from '../platform/problem.js';
import { reachedRefundRequest } from './refund-request-reach.js';
import {
  refundRequestView,
  statusLabel,
  type RefundRequestSummary,
  type RefundRequestView,
} from './refund-request-views.js';

/** Which requests. */
export interface RefundRequestsWanted {
  readonly box: 'issued' | 'received';
  /** Null for those of everybody, or of the structure of the machine that asks. */
  readonly structure: string | null;
  readonly status: RefundRequestStatus | null;
  readonly tax: EnergyTax | null;
  readonly number: string | null;
}

/** The requests that a structure made or received, the latest first (R29). */
export class ListRefundRequests extends Query<Page<RefundRequestSummary>> {
  constructor(
    readonly caller: Caller,
    readonly wanted: RefundRequestsWanted,
    readonly paging: Paging,
  ) {
    super();
  }
}

/** One request, as it stands now, and what became of it. */
export class GetRefundRequest extends Query<RefundRequestView> {
  constructor(
    readonly caller: Caller,
    readonly request: string,
  ) {
    super();
  }
}

/** A file of a request. */
export class OpenRefundRequestFile extends Query<{ readonly file: RefundRequestFile; readonly bytes: Readable }> {
  constructor(
    readonly caller: Caller,
    readonly request: string,
    readonly sha256: string,
  ) {
    super();
  }
}

type Row = Omit<RefundRequestSummary, 'statusLabel' | 'createdAt' | 'sentAt' | 'changedAt'> & {
  readonly cursor: string;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly changedAt: Date;
};

@QueryHandler(ListRefundRequests)
export class ListRefundRequestsHandler implements IQueryHandler<ListRefundRequests> {
  constructor(
    private readonly decisions: Decisions,
    private readonly readModels: DataSource,
  ) {}

  async execute({ caller, wanted, paging }: ListRefundRequests): Promise<Page<RefundRequestSummary>> {
    const structure = wanted.structure ?? (caller.kind === 'connection' ? caller.connection.structure : null);
    if (structure !== null)
      await this.decisions.look(caller, (session) => session.authorise('refund-request.follow', structure));
    else if (caller.kind !== 'operator')
      throw new Problem(400, 'RTE-400', 'Indiquez par « structure » celle dont vous voulez les demandes.');
    const { box, status, tax, number } = wanted;
    const page = await pageOf<Row>(this.readModels, LISTS[box], [structure, status, tax, number], paging);
    return { ...page, items: page.items.map(summaryOf) };
  }
}

@QueryHandler(GetRefundRequest)
export class GetRefundRequestHandler implements IQueryHandler<GetRefundRequest> {
  constructor(
    private readonly decisions: Decisions,
    private readonly readModels: DataSource,
  ) {}

  async execute({ caller, request }: GetRefundRequest): Promise<RefundRequestView> {
    const state = await this.decisions.look(caller, (session) =>
      reachedRefundRequest(session, 'refund-request.follow', request),
    );
    const reached = await this.readModels.query<
      { readonly status: RefundRequestStatus; readonly reason: string | null; readonly changed_at: Date }[]
    >(`SELECT status, reason, changed_at FROM read.refund_request_statuses WHERE request = $1 ORDER BY place`, [
      request,
    ]);
    return refundRequestView(
      state,
      reached.map(({ status, reason, changed_at: at }) => ({
        ...{ status, reason },
        statusLabel: statusLabel(status),
        changedAt: at.toISOString(),
      })),
    );
  }
}

@QueryHandler(OpenRefundRequestFile)
export class OpenRefundRequestFileHandler implements IQueryHandler<OpenRefundRequestFile> {
  constructor(
    private readonly decisions: Decisions,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
  ) {}

  async execute({
    caller,
    request,
    sha256,
  }: OpenRefundRequestFile): Promise<{ readonly file: RefundRequestFile; readonly bytes: Readable }> {
    const { content } = await this.decisions.look(caller, (session) =>
      reachedRefundRequest(session, 'refund-request.follow', request),
    );
    const file = filesOfRefundRequest(content ?? {}).find((one) => one.sha256 === sha256);
    if (file === undefined) throw new Problem(404, 'RTE-404', 'Cette demande n’a pas ce fichier.');
    return { file, bytes: await this.objects.open(sha256) };
  }
}

/**
 * Requests by the party `$1`, also by structures whose place it took (R16). The position counts down, so that the latest come
 * first.
 */
const listBy = (party: string, seen: string): string => `
  SELECT lpad((9223372036854775807 - r.position)::text, 19, '0') AS cursor, r.request, r.number, r.status, r.structure,
         s.name AS "structureName", r.recipient, r.tax, r.period_start AS "periodStart", r.period_end AS "periodEnd", r.lines,
         r.total::text AS total, r.missing, r.created_at AS "createdAt", r.sent_at AS "sentAt", r.changed_at AS "changedAt"
    FROM read.refund_requests r LEFT JOIN read.structures s ON s.identifier = r.structure
   WHERE ${seen}
     AND ($1::text IS NULL OR ${party} = $1
          OR ${party} IN (SELECT identifier FROM read.structures WHERE living_structure = $1))
     AND ($2::text IS NULL OR r.status = $2) AND ($3::text IS NULL OR r.tax = $3) AND ($4::text IS NULL OR r.number = $4)`;

const LISTS: Readonly<Record<RefundRequestsWanted['box'], string>> = {
  issued: listBy('r.structure', 'true'),
  // What is not sent is nobody's business but theirs who prepare it.
  received: listBy('r.recipient', "r.status <> 'draft'"),
};

function summaryOf({ cursor: _, createdAt, sentAt, changedAt, ...row }: Row): RefundRequestSummary {
  return {
    ...row,
    statusLabel: statusLabel(row.status),
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    changedAt: changedAt.toISOString(),
  };
}
