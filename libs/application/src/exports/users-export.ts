import { SPACES, type Role, type SpaceCode, type SpaceRight } from '#domain';
import type { Pool } from 'pg';
import { instantCells, textCell } from '../shared/csv-cell.js';
import { yesOrNo, type ExportColumn } from './export-file.js';

/** Which users to export: the filters of the list of members, over all the structures that the caller manages. */
export interface UsersFilter {
  readonly status: 'attached' | 'deactivated' | null;
  readonly role: Role | null;
}

/** A space that a user may use on a structure, or on one of its services. */
export interface ExportedSpace {
  readonly space: SpaceCode;
  readonly service: string | null;
  readonly right: SpaceRight;
}

/** One user on one structure (R15). What is personal is null once the person was erased. */
export interface ExportedUser {
  readonly structure: string;
  readonly structureName: string | null;
  readonly account: string;
  readonly lastName: string | null;
  readonly firstName: string | null;
  readonly login: string | null;
  readonly contactAddress: string | null;
  readonly accountState: 'pending' | 'active' | 'deactivated';
  readonly pigp: boolean;
  readonly notifications: boolean;
  readonly role: Role;
  readonly status: 'attached' | 'deactivated';
  /** ISO 8601. */
  readonly attachedAt: string | null;
  readonly services: readonly string[];
  readonly spaces: readonly ExportedSpace[];
}

/** Rows read at once: all that an export holds. */
export const USERS_AT_ONCE = 500;

/**
 * The users of structures, by structure and account, page by page as they are asked for. What a replaced structure had stands
 * on the one that took its place (R16).
 *
 * @param structures null for all of them
 */
export async function* exportedUsers(
  pool: Pool,
  structures: readonly string[] | null,
  { status, role }: UsersFilter,
): AsyncGenerator<ExportedUser> {
  let after: ExportedUser | undefined;
  do {
    const { rows } = await pool.query<ExportedUser>(USERS, [
      structures,
      status,
      role,
      after?.structure ?? '',
      after?.account ?? '',
      USERS_AT_ONCE,
    ]);
    yield* rows.map(withSpacesOfRole);
    after = rows.at(-1);
  } while (after !== undefined);
}

const ROLE = `CASE WHEN structures.primary_manager = memberships.account THEN 'primary'
                   WHEN memberships.secondary_manager THEN 'secondary' ELSE 'simple' END`;

// One page of people, then what each has: services, and subscriptions to spaces that are open where they were subscribed to.
const USERS = `
  WITH people AS (
    SELECT memberships.structure, structures.name, memberships.account, memberships.status, memberships.attached_at,
           ${ROLE} AS role
      FROM read.memberships
      JOIN read.structures ON structures.identifier = memberships.structure AND structures.living_structure IS NULL
     WHERE ($1::text[] IS NULL OR memberships.structure = ANY ($1))
       AND memberships.status IN ('attached', 'deactivated')
       AND ($2::text IS NULL OR memberships.status = $2) AND ($3::text IS NULL OR ${ROLE} = $3)
       AND (memberships.structure, memberships.account) > ($4, $5)
     ORDER BY memberships.structure, memberships.account LIMIT $6
  )
  SELECT people.structure, people.name AS "structureName", people.account,
         accounts.last_name AS "lastName", accounts.first_name AS "firstName", accounts.login,
         accounts.contact_address AS "contactAddress", coalesce(accounts.state, 'pending') AS "accountState",
         coalesce(accounts.pigp, false) AS pigp, coalesce(accounts.notifications, true) AS notifications,
         people.role, people.status,
         to_char(people.attached_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "attachedAt",
         coalesce((SELECT json_agg(service ORDER BY service) FROM read.service_users AS enabled
                    WHERE enabled.structure = people.structure AND enabled.account = people.account), '[]') AS services,
         coalesce((SELECT json_agg(json_build_object('space', space, 'service', service, 'right', access_right)
                                   ORDER BY space, service NULLS FIRST)
                     FROM read.subscriptions AS given
                    WHERE given.structure = people.structure AND given.account = people.account
                      AND given.status = 'active'
                      AND (given.space = ANY ('{${Object.keys(SPACES)
                        .filter((space) => SPACES[space as SpaceCode].access === 'free')
                        .join(',')}}')
                           OR EXISTS (SELECT 1 FROM read.opened_spaces AS opened
                                       WHERE opened.structure = given.structure AND opened.space = given.space
                                         AND opened.service IS NOT DISTINCT FROM given.service))), '[]') AS spaces
    FROM people LEFT JOIN read.accounts ON accounts.account = people.account
   ORDER BY people.structure, people.account`;

/** Spaces that come with being attached, or with a role, without a subscription (R08). */
function withSpacesOfRole(user: ExportedUser): ExportedUser {
  if (user.status !== 'attached') return { ...user, spaces: [] };
  const isManager = user.role !== 'simple';
  const byRole = Object.entries(SPACES)
    .filter(([, { access }]) => access === 'everyone' || (access === 'managers' && isManager))
    .map(([space]) => ({ space: space as SpaceCode, service: null, right: 'modification' as const }));
  return { ...user, spaces: [...user.spaces, ...byRole] };
}

const ROLES: Readonly<Record<Role, string>> = {
  primary: 'Gestionnaire principal',
  secondary: 'Gestionnaire secondaire',
  simple: 'Utilisateur simple',
};
const ACCOUNT_STATES = { pending: 'En attente d’activation', active: 'Actif', deactivated: 'Désactivé' } as const;
const STATUSES = { attached: 'Actif', deactivated: 'Désactivé' } as const;

function spaceText({ space, service, right }: ExportedSpace): string {
  return `${SPACES[space].label}${service === null ? '' : ` [${service}]`} (${right})`;
}

/** Columns of the CSV of users. */
export const USER_COLUMNS: readonly ExportColumn<ExportedUser>[] = [
  { header: 'Structure', cell: ({ structure }) => textCell(structure) },
  { header: 'Nom de la structure', cell: ({ structureName }) => textCell(structureName) },
  { header: 'Nom', cell: ({ lastName }) => textCell(lastName) },
  { header: 'Prénom', cell: ({ firstName }) => textCell(firstName) },
  { header: 'Adresse de connexion', cell: ({ login }) => textCell(login) },
  { header: 'Adresse de contact', cell: ({ contactAddress }) => textCell(contactAddress) },
  { header: 'État du compte', cell: ({ accountState }) => ACCOUNT_STATES[accountState] },
  { header: 'Compte PIGP', cell: ({ pigp }) => yesOrNo(pigp) },
  { header: 'Notifications', cell: ({ notifications }) => yesOrNo(notifications) },
  { header: 'Rôle', cell: ({ role }) => ROLES[role] },
  { header: 'Habilitations', cell: ({ status }) => STATUSES[status] },
  {
    header: 'Date de rattachement',
    cell: ({ attachedAt }) => (attachedAt === null ? '' : instantCells(attachedAt)[0]),
  },
  { header: 'Services', cell: ({ services }) => textCell(services.join(' | ')) },
  { header: 'Espaces', cell: ({ spaces }) => textCell(spaces.map(spaceText).join(' | ')) },
];
