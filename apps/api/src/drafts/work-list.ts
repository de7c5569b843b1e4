import { invoiceReachOf, type Caller, type InvoiceReach } from '#application';
import type { InvoiceStatus } from '#domain';
import { EventStore } from '#events';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { conditionsOf } from '../lifecycle/invoice-conditions.js';
import { InvoiceSummary, invoiceSummary, SUMMARY_COLUMNS, type SummaryRow } from '../lifecycle/invoice-views.js';
import { pageView, type Page } from '../lists/page.js';
import { draftSummary, DRAFT_COLUMNS, type DraftRow } from './draft-rows.js';
import { DraftSummary } from './draft-views.js';

/** What waits for an issuer, and the statuses of the invoices that do; drafts have none. */
export const WORK = {
  DRAFTS: { label: 'Brouillons', statuses: [] },
  TO_RECYCLE: { label: 'À recycler', statuses: ['A_RECYCLER'] },
  SUSPENDED: { label: 'Suspendues, à compléter', statuses: ['SUSPENDUE'] },
  REFUSED: { label: 'Refusées par le valideur', statuses: ['REFUSEE_1', 'REFUSEE_2'] },
  WRONG_VALIDATOR: { label: 'Adressées à un mauvais valideur', statuses: ['ERREUR_FOURNISSEUR_SUR_VALIDEUR'] },
  REJECTED: { label: 'Rejetées, à acquitter', statuses: ['REJETEE'] },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly statuses: readonly InvoiceStatus[] }>>;

/** Kind of work that waits. */
export type WorkKind = keyof typeof WORK;

const KINDS = Object.keys(WORK) as WorkKind[];
/** Of each kind, this many of what waits longest are shown. */
const SHOWN = 20;

/** What waits for an issuer, of one kind. */
export class WorkItem {
  @ApiProperty({ description: 'Nature', enum: KINDS })
  kind!: WorkKind;

  @ApiProperty({ description: 'Libellé' })
  label!: string;

  @ApiProperty({ description: 'Nombre en tout' })
  count!: number;

  @ApiProperty({
    description: `Brouillons qui attendent depuis le plus longtemps, ${SHOWN} au plus`,
    type: [DraftSummary],
  })
  drafts!: readonly DraftSummary[];

  @ApiProperty({
    description: `Factures qui attendent depuis le plus longtemps, ${SHOWN} au plus`,
    type: [InvoiceSummary],
  })
  invoices!: readonly InvoiceSummary[];
}

/** The work list (synthèse). */
export class WorkListView extends pageView(WorkItem) {}

/** What waits for an issuer (R22, R25 to R27): of one structure, or of all that the caller issues for. */
export class GetWorkList extends Query<Page<WorkItem>> {
  constructor(
    readonly caller: Caller,
    readonly structure: string | null,
  ) {
    super();
  }
}

@QueryHandler(GetWorkList)
export class GetWorkListHandler implements IQueryHandler<GetWorkList> {
  constructor(private readonly store: EventStore) {}

  async execute({ caller, structure }: GetWorkList): Promise<Page<WorkItem>> {
    const reach = await invoiceReachOf(this.store.pool, caller);
    const [drafts, invoices] = await Promise.all([this.drafts(reach, structure), this.invoices(reach, structure)]);
    const items = KINDS.map((kind): WorkItem => {
      const { label, statuses } = WORK[kind];
      if (kind === 'DRAFTS')
        return { kind, label, count: drafts[0]?.count ?? 0, drafts: drafts.map(draftSummary), invoices: [] };
      const own = invoices.filter(({ status }) => (statuses as readonly InvoiceStatus[]).includes(status));
      const counts = new Map(own.map(({ status, count }) => [status, count]));
      const shown = own.slice(0, SHOWN).map(({ count: _count, ...row }) => invoiceSummary(row));
      const count = [...counts.values()].reduce((total, one) => total + one, 0);
      return { kind, label, count, drafts: [], invoices: shown };
    });
    return { items, total: items.reduce((total, { count }) => total + count, 0), next: null };
  }

  private async drafts(reach: InvoiceReach, structure: string | null): Promise<(DraftRow & Counted)[]> {
    const structures = reach.everything
      ? null
      : reach.places.filter(({ side, service }) => side === 'issuer' && service === null).map(({ party }) => party);
    const { rows } = await this.store.pool.query<DraftRow & Counted>(
      `SELECT ${DRAFT_COLUMNS}, (count(*) OVER ())::integer AS count
         FROM read.drafts
        WHERE status <> 'sent' AND ($1::text[] IS NULL OR structure = ANY ($1)) AND ($2::text IS NULL OR structure = $2)
        ORDER BY created_at, draft LIMIT $3`,
      [structures, structure, SHOWN],
    );
    return rows;
  }

  private async invoices(reach: InvoiceReach, structure: string | null): Promise<(SummaryRow & Counted)[]> {
    const statuses = KINDS.flatMap((kind): readonly InvoiceStatus[] => WORK[kind].statuses);
    const { where, values } = conditionsOf(reach, 'issued', { statuses, structure });
    const { rows } = await this.store.pool.query<SummaryRow & Counted>(
      `SELECT ${SUMMARY_COLUMNS}, count
         FROM (SELECT *, (count(*) OVER (PARTITION BY status))::integer AS count,
                      row_number() OVER (PARTITION BY status ORDER BY status_since, id) AS place
                 FROM read.invoices WHERE ${where} AND NOT rejection_acknowledged) AS waiting
        WHERE place <= $${values.length + 1} ORDER BY status_since, id`,
      [...values, SHOWN],
    );
    return rows;
  }
}

interface Counted {
  readonly count: number;
}
