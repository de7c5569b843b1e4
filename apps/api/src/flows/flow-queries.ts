import { FlowInvoiceRow, FlowRow } from '#persistence';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource, MoreThan, type FindOptionsWhere } from 'typeorm';
import type { MachineCaller } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { flowInvoice, flowReport, type FlowInvoice, type FlowReport } from './flow-report.js';

/** The integration report of a flow that the caller may see, or null: somebody else's flow is not found. */
export class GetFlow extends Query<FlowReport | null> {
  constructor(
    readonly caller: MachineCaller,
    readonly flowNumber: string,
  ) {
    super();
  }
}

/** The caller's flows, latest first. */
export class ListFlows extends Query<Page<FlowReport>> {
  constructor(
    readonly caller: MachineCaller,
    readonly skip: number,
    readonly limit: number,
  ) {
    super();
  }
}

/** What became of the invoices of a flow, by rank. */
export class ListFlowInvoices extends Query<Page<FlowInvoice> | null> {
  constructor(
    readonly caller: MachineCaller,
    readonly flowNumber: string,
    readonly outcome: 'integrated' | 'rejected' | null,
    readonly afterRank: number,
    readonly limit: number,
  ) {
    super();
  }
}

/** Narrows every query to what the caller may see. */
function visibleTo(caller: MachineCaller): FindOptionsWhere<FlowRow> {
  return caller.kind === 'operator' ? {} : { applicationCode: caller.connection.applicationCode };
}

@QueryHandler(GetFlow)
export class GetFlowHandler implements IQueryHandler<GetFlow> {
  constructor(private readonly readModels: DataSource) {}

  async execute({ caller, flowNumber }: GetFlow): Promise<FlowReport | null> {
    const row = await this.readModels.getRepository(FlowRow).findOneBy({ ...visibleTo(caller), number: flowNumber });
    return row === null ? null : flowReport(row);
  }
}

@QueryHandler(ListFlows)
export class ListFlowsHandler implements IQueryHandler<ListFlows> {
  constructor(private readonly readModels: DataSource) {}

  async execute({ caller, skip, limit }: ListFlows): Promise<Page<FlowReport>> {
    const [rows, total] = await this.readModels.getRepository(FlowRow).findAndCount({
      where: visibleTo(caller),
      order: { depositedAt: 'DESC', number: 'DESC' },
      skip,
      take: limit,
    });
    const next = skip + rows.length < total ? String(skip + rows.length) : null;
    return { items: rows.map(flowReport), total, next };
  }
}

@QueryHandler(ListFlowInvoices)
export class ListFlowInvoicesHandler implements IQueryHandler<ListFlowInvoices> {
  constructor(private readonly readModels: DataSource) {}

  async execute({
    caller,
    flowNumber,
    outcome,
    afterRank,
    limit,
  }: ListFlowInvoices): Promise<Page<FlowInvoice> | null> {
    const flow = await this.readModels.getRepository(FlowRow).findOneBy({ ...visibleTo(caller), number: flowNumber });
    if (flow === null) return null;
    const rows = await this.readModels.getRepository(FlowInvoiceRow).find({
      where: { flowNumber, rank: MoreThan(afterRank), ...(outcome === null ? {} : { outcome }) },
      order: { rank: 'ASC' },
      take: limit,
    });
    const total = outcome === null ? flow.integrated + flow.rejected : flow[outcome];
    const last = rows.at(-1);
    return {
      items: rows.map(flowInvoice),
      total,
      next: last !== undefined && rows.length === limit ? String(last.rank) : null,
    };
  }
}
