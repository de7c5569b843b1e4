import { accountOf, Decisions, Directory, type Caller } from '#application';
import type { ExistingStructure, Role } from '#domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Page } from '../lists/page.js';
import { pageOf } from '../lists/page-of.js';
import type { Paging } from '../lists/paging-query.js';
import { recipientView, structureSummary, structureView } from './structure-views.js';
import type { RecipientView, StructureSummary, StructureSummaryRow, StructureView } from './structure-views.js';

/** A structure, for its people and operators: as it stands now, from its events. */
export class GetStructure extends Query<StructureView> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
  ) {
    super();
  }
}

/** What whoever addresses an invoice must know of a structure (R23): open to everyone who is known. */
export class GetRecipient extends Query<RecipientView> {
  constructor(
    readonly identifier: string,
    /** Service code that an invoice would name; null for none. */
    readonly service: string | null = null,
  ) {
    super();
  }
}

/** The structures of a person, or all of them for an operator. */
export class ListStructures extends Query<Page<StructureSummary>> {
  constructor(
    readonly caller: Caller,
    readonly filter: {
      readonly role: Role | null;
      readonly active: boolean | null;
      /** Part of the name, or beginning of the identifier. */
      readonly search: string | null;
    },
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(GetStructure)
export class GetStructureHandler implements IQueryHandler<GetStructure> {
  constructor(private readonly decisions: Decisions) {}

  execute({ caller, identifier }: GetStructure): Promise<StructureView> {
    return this.decisions.look(caller, async (session) => {
      const structure = await session.authorise('structure.read', identifier);
      const standing = await session.standing(identifier);
      const role = standing.kind === 'person' ? standing.role : null;
      const manager = await this.managerOf(structure, (account) => accountOf(session, account));
      return structureView(structure, manager, role, caller.kind === 'operator' || (role ?? 'simple') !== 'simple');
    });
  }

  private async managerOf(
    { primaryManager }: ExistingStructure,
    account: (account: string) => ReturnType<typeof accountOf>,
  ): Promise<StructureView['primaryManager']> {
    if (primaryManager === null) return null;
    const manager = await account(primaryManager);
    if (manager.status === 'none') return { account: primaryManager, firstName: null, lastName: null };
    return { account: primaryManager, firstName: manager.firstName, lastName: manager.lastName };
  }
}

@QueryHandler(GetRecipient)
export class GetRecipientHandler implements IQueryHandler<GetRecipient> {
  constructor(private readonly directory: Directory) {}

  async execute({ identifier, service }: GetRecipient): Promise<RecipientView> {
    const [structures, services] = await Promise.all([
      this.directory.structures([identifier]),
      this.directory.servicesOf(identifier),
    ]);
    return recipientView(identifier, structures.get(identifier) ?? null, services, service);
  }
}

@QueryHandler(ListStructures)
export class ListStructuresHandler implements IQueryHandler<ListStructures> {
  constructor(private readonly readModels: DataSource) {}

  async execute({ caller, filter, paging }: ListStructures): Promise<Page<StructureSummary>> {
    const account = caller.kind === 'person' ? caller.account : null;
    const { role, active, search } = filter;
    const page = await pageOf<StructureSummaryRow>(
      this.readModels,
      account === null ? ALL_STRUCTURES : OWN_STRUCTURES,
      [account, role, active, search, search === null ? null : `%${escapeLike(search)}%`],
      paging,
    );
    return { ...page, items: page.items.map(structureSummary) };
  }
}

const SUMMARY = `structures.identifier AS cursor, structures.identifier, structures.name, structures.category,
  structures.public_entity AS "publicEntity", structures.active, structures.successor, structures.origins`;

const FILTERS = `($3::boolean IS NULL OR structures.active = $3)
  AND ($4::text IS NULL OR starts_with(structures.identifier, $4) OR structures.name ILIKE $5)`;

/** A person has on a structure that was replaced the rights that the person has on the one at the end (R16). */
const OWN_STRUCTURES = `
  SELECT * FROM (
    SELECT ${SUMMARY},
           CASE WHEN living.primary_manager = memberships.account THEN 'primary'
                WHEN memberships.secondary_manager THEN 'secondary'
                ELSE 'simple' END AS role
      FROM read.memberships
      JOIN read.structures AS living ON living.identifier = memberships.structure
      JOIN read.structures ON coalesce(structures.living_structure, structures.identifier) = memberships.structure
     WHERE memberships.account = $1 AND memberships.status = 'attached' AND ${FILTERS}
  ) AS own WHERE $2::text IS NULL OR role = $2`;

const ALL_STRUCTURES = `
  SELECT ${SUMMARY}, NULL AS role FROM read.structures
   WHERE $1::text IS NULL AND $2::text IS NULL AND ${FILTERS}`;

/** A text as `LIKE` takes it literally. */
function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
