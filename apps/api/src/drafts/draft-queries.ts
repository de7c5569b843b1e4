import { Decisions, type Caller } from '#application';
import type { ExistingDraft } from '#domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Page } from '../lists/page.js';
import { pageOf } from '../lists/page-of.js';
import type { Paging } from '../lists/paging-query.js';
import { DRAFT_COLUMNS, draftSummary, type DraftRow } from './draft-rows.js';
import { draftView, type DraftSummary, type DraftView } from './draft-views.js';
import { existingDraft } from './own-drafts.js';

/** One draft of a structure: as it stands now, from its events. */
export class GetDraft extends Query<DraftView> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    readonly draft: string,
  ) {
    super();
  }
}

/** The drafts of a structure, the oldest first. */
export class ListDrafts extends Query<Page<DraftSummary>> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    readonly statuses: readonly ExistingDraft['status'][],
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(GetDraft)
export class GetDraftHandler implements IQueryHandler<GetDraft> {
  constructor(private readonly decisions: Decisions) {}

  execute({ caller, structure, draft }: GetDraft): Promise<DraftView> {
    return this.decisions.look(caller, async (session) =>
      draftView(await existingDraft(session, 'invoice.read-issued', structure, draft)),
    );
  }
}

@QueryHandler(ListDrafts)
export class ListDraftsHandler implements IQueryHandler<ListDrafts> {
  constructor(
    private readonly decisions: Decisions,
    private readonly readModels: DataSource,
  ) {}

  async execute({ caller, structure, statuses, paging }: ListDrafts): Promise<Page<DraftSummary>> {
    await this.decisions.look(caller, (session) => session.authorise('invoice.read-issued', structure));
    const page = await pageOf<DraftRow & { readonly cursor: string }>(
      this.readModels,
      DRAFTS,
      [structure, statuses],
      paging,
    );
    return { ...page, items: page.items.map(draftSummary) };
  }
}

const DRAFTS = `
  SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') || draft AS cursor, ${DRAFT_COLUMNS}
    FROM read.drafts WHERE structure = $1 AND status = ANY ($2::text[])`;
