import { Decisions, type Caller } from '#application';
import type { Role } from '#domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Page } from '../lists/page.js';
import { pageOf } from '../lists/page-of.js';
import type { Paging } from '../lists/paging-query.js';
import type { AttachmentRequestView, MemberView } from './people-views.js';

/** The people attached to a structure, for its managers and operators (R05). */
export class ListMembers extends Query<Page<MemberView>> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
    readonly filter: { readonly status: MemberView['status'] | null; readonly role: Role | null },
    readonly paging: Paging,
  ) {
    super();
  }
}

/** Requests for attachment: those that the caller may judge, over all structures, or the caller's own (R04). */
export class ListAttachmentRequests extends Query<Page<AttachmentRequestView>> {
  constructor(
    readonly caller: Caller,
    readonly scope: 'to-judge' | 'mine',
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListMembers)
export class ListMembersHandler implements IQueryHandler<ListMembers> {
  constructor(
    private readonly decisions: Decisions,
    private readonly readModels: DataSource,
  ) {}

  async execute({ caller, identifier, filter, paging }: ListMembers): Promise<Page<MemberView>> {
    await this.decisions.look(caller, (session) => session.authorise('member.list', identifier));
    const page = await pageOf<MemberView & { cursor: string }>(
      this.readModels,
      MEMBERS,
      [identifier, filter.status, filter.role],
      paging,
    );
    return { ...page, items: page.items.map(({ cursor: _cursor, ...member }) => member) };
  }
}

@QueryHandler(ListAttachmentRequests)
export class ListAttachmentRequestsHandler implements IQueryHandler<ListAttachmentRequests> {
  constructor(private readonly readModels: DataSource) {}

  async execute({ caller, scope, paging }: ListAttachmentRequests): Promise<Page<AttachmentRequestView>> {
    const page = await pageOf<AttachmentRequestView & { cursor: string }>(
      this.readModels,
      scope === 'mine' ? OWN_REQUESTS : REQUESTS_TO_JUDGE,
      [caller.kind === 'person' ? caller.account : null],
      paging,
    );
    return { ...page, items: page.items.map(({ cursor: _cursor, ...request }) => request) };
  }
}

const NAMES = 'accounts.login, accounts.first_name AS "firstName", accounts.last_name AS "lastName"';

const MEMBERS = `
  SELECT * FROM (
    SELECT memberships.account AS cursor, memberships.account, ${NAMES}, memberships.status,
           memberships.attached_at AS "attachedAt",
           CASE WHEN structures.primary_manager = memberships.account THEN 'primary'
                WHEN memberships.secondary_manager THEN 'secondary'
                ELSE 'simple' END AS role
      FROM read.memberships
      JOIN read.structures ON structures.identifier = memberships.structure
      LEFT JOIN read.accounts ON accounts.account = memberships.account
     WHERE memberships.structure = $1 AND memberships.status IN ('attached', 'deactivated')
  ) AS members
   WHERE ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR role = $3)`;

const REQUEST = `memberships.structure || '/' || memberships.account AS cursor, memberships.structure,
  structures.name AS "structureName", memberships.account, ${NAMES}, memberships.status,
  memberships.requested_at AS "requestedAt", memberships.judged_at AS "judgedAt", memberships.reason`;

const OWN_REQUESTS = `
  SELECT ${REQUEST}
    FROM read.memberships
    JOIN read.structures ON structures.identifier = memberships.structure
    LEFT JOIN read.accounts ON accounts.account = memberships.account
   WHERE memberships.account = $1 AND memberships.status IN ('requested', 'refused')
     AND structures.living_structure IS NULL`;

/** Without an account, what an operator may judge: all of them. */
const REQUESTS_TO_JUDGE = `
  SELECT ${REQUEST}
    FROM read.memberships
    JOIN read.structures ON structures.identifier = memberships.structure AND structures.active
    LEFT JOIN read.accounts ON accounts.account = memberships.account
   WHERE memberships.status = 'requested'
     AND ($1::text IS NULL OR EXISTS (
           SELECT 1 FROM read.memberships AS judge
            WHERE judge.structure = memberships.structure AND judge.account = $1 AND judge.status = 'attached'
              AND (judge.secondary_manager OR structures.primary_manager = judge.account)))`;
