import { CONFIGURATION, contactOfCentralService, Decisions, type Caller, type Configuration } from '#application';
import { evolveInvoice, noInvoice, statusesWithin, type Invoice, type InvoiceEvent, type InvoiceStatus } from '#domain';
import { EventStore } from '#events';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  invoiceSummary,
  SUMMARY_COLUMNS,
  supportingDocumentView,
  type HistoryEntry,
  type InvoiceView,
  type SummaryRow,
  type SupportingDocumentRow,
} from './invoice-views.js';
import { notFound } from './invoices-in-life.js';
import { relatedInvoices } from './related-invoices.js';
import { isSeen, sightOf } from './seen.js';

/** One invoice that the caller may see, with its history. */
export class GetInvoice extends Query<InvoiceView> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {
    super();
  }
}

@QueryHandler(GetInvoice)
export class GetInvoiceHandler implements IQueryHandler<GetInvoice> {
  constructor(
    private readonly store: EventStore,
    private readonly decisions: Decisions,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async execute({ caller, id }: GetInvoice): Promise<InvoiceView> {
    const sight = await sightOf(this.store.pool, caller);
    const { rows } = await this.store.pool.query<DetailRow>(
      `SELECT ${SUMMARY_COLUMNS}, contract_number AS "contractNumber", total_without_vat::text AS "totalWithoutVat",
              total_vat::text AS "totalVat", payment_order AS "paymentOrder", sender, stream,
              rejection_acknowledged AS "rejectionAcknowledged", supporting_documents AS "supportingDocuments"
         FROM read.invoices WHERE id = $1`,
      [id],
    );
    const [row] = rows;
    if (row === undefined || !isSeen(sight, row)) throw notFound();
    const { stream, sender: _sender, ...facts } = row;
    const { history, status } = await this.historyOf(stream);
    const related = await relatedInvoices(this.store.pool, sight, facts);
    const next = statusesWithin(this.configuration.INVOICE_LIFECYCLE, status, 'recipient');
    const centralService = await contactOfCentralService(this.decisions, facts);
    return {
      ...invoiceSummary(facts),
      supportingDocuments: facts.supportingDocuments.map((one) => supportingDocumentView(one, facts.depositedAt)),
      ...related,
      centralService,
      history,
      nextStatuses: next,
    };
  }

  private async historyOf(stream: string): Promise<{ history: HistoryEntry[]; status: InvoiceStatus }> {
    const history: HistoryEntry[] = [];
    let invoice: Invoice = noInvoice;
    for await (const recorded of this.store.readStream(stream)) {
      const event = { type: recorded.type, data: recorded.data } as InvoiceEvent;
      invoice = evolveInvoice(invoice, event);
      if (invoice.status === null) continue;
      const said = event.data as { reason?: string | null; comment?: string | null };
      history.push({
        id: recorded.id,
        type: recorded.type,
        status: invoice.status,
        at: recorded.occurredAt,
        reason: said.reason ?? null,
        comment: said.comment ?? null,
      });
    }
    if (invoice.status === null) throw notFound();
    return { history, status: invoice.status };
  }
}

interface DetailRow extends SummaryRow {
  readonly stream: string;
  readonly sender: string;
  readonly contractNumber: string | null;
  readonly totalWithoutVat: string | null;
  readonly totalVat: string | null;
  readonly paymentOrder: string | null;
  readonly rejectionAcknowledged: boolean;
  readonly supportingDocuments: readonly SupportingDocumentRow[];
}
