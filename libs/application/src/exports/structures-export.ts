import {
  IDENTIFIER_TYPES,
  SPACES,
  type IdentifierType,
  type PostalAddress,
  type Role,
  type SpaceCode,
  type SpaceRight,
  type StructureCategory,
} from '#domain';
import type { Pool } from 'pg';
import { textCell } from '../shared/csv-cell.js';
import { yesOrNo, type ExportColumn } from './export-file.js';

/** Which structures to export: the filters of the list of structures. */
export interface StructuresFilter {
  readonly role: Role | null;
  readonly active: boolean | null;
  /** Part of the name, or beginning of the identifier. */
  readonly search: string | null;
}

/** How many people subscribe to a space, with which right. Who they are is in the export of users. */
export interface CountedSubscriptions {
  readonly space: SpaceCode;
  readonly right: SpaceRight;
  readonly users: number;
}

/** A structure, or one of its services (R15): a row of its own for each. What is personal is null once the person was erased. */
export interface ExportedPlace {
  readonly identifier: string;
  readonly identifierType: IdentifierType;
  readonly category: StructureCategory;
  readonly name: string | null;
  readonly active: boolean;
  readonly successor: string | null;
  readonly address: PostalAddress | null;
  readonly requiresServiceCode: boolean;
  readonly requiresCommitmentNumber: boolean;
  readonly requiresEither: boolean;
  readonly exclusion: string | null;
  /** Code of the service; null for the structure itself. */
  readonly service: string | null;
  readonly serviceName: string | null;
  readonly serviceActive: boolean | null;
  readonly serviceRequiresCommitmentNumber: boolean | null;
  readonly openSpaces: readonly SpaceCode[];
  readonly subscriptions: readonly CountedSubscriptions[];
}

/** Rows read at once: all that an export holds. */
export const PLACES_AT_ONCE = 500;

/**
 * Structures and, behind each, its services, page by page as they are asked for.
 *
 * @param structures null for all of them
 * @param account whose role the filter speaks of; null for an operator, who has none
 */
export async function* exportedPlaces(
  pool: Pool,
  structures: readonly string[] | null,
  account: string | null,
  { role, active, search }: StructuresFilter,
): AsyncGenerator<ExportedPlace> {
  let after: ExportedPlace | undefined;
  do {
    const { rows } = await pool.query<ExportedPlace>(PLACES, [
      structures,
      account,
      role,
      active,
      search,
      search === null ? null : `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`,
      after?.identifier ?? '',
      after?.service ?? '',
      PLACES_AT_ONCE,
    ]);
    yield* rows;
    after = rows.at(-1);
  } while (after !== undefined);
}

const PLACES = `
  WITH places AS (
    SELECT * FROM (
      SELECT identifier AS structure, '' AS code, NULL AS name, NULL::boolean AS active, NULL::boolean AS asks
        FROM read.structures
      UNION ALL
      SELECT structure, code, name, active, requires_commitment_number FROM read.services
    ) AS every
     WHERE ($1::text[] IS NULL OR structure = ANY ($1)) AND (structure, code) > ($7, $8)
       AND EXISTS (
         SELECT 1 FROM read.structures AS owner
          WHERE owner.identifier = every.structure AND ($4::boolean IS NULL OR owner.active = $4)
            AND ($5::text IS NULL OR starts_with(owner.identifier, $5) OR owner.name ILIKE $6)
            AND ($3::text IS NULL OR EXISTS (
                  SELECT 1 FROM read.memberships AS own
                    JOIN read.structures AS living ON living.identifier = own.structure
                   WHERE own.account = $2 AND own.structure = coalesce(owner.living_structure, owner.identifier)
                     AND own.status = 'attached'
                     AND CASE WHEN living.primary_manager = own.account THEN 'primary'
                              WHEN own.secondary_manager THEN 'secondary' ELSE 'simple' END = $3)))
     ORDER BY structure, code LIMIT $9
  )
  SELECT structures.identifier, structures.identifier_type AS "identifierType", structures.category, structures.name,
         structures.active, structures.successor, structures.address,
         structures.requires_service_code AS "requiresServiceCode",
         structures.requires_commitment_number AS "requiresCommitmentNumber",
         structures.requires_either AS "requiresEither", structures.exclusion,
         nullif(places.code, '') AS service, places.name AS "serviceName", places.active AS "serviceActive",
         places.asks AS "serviceRequiresCommitmentNumber",
         coalesce((SELECT json_agg(space ORDER BY space) FROM read.opened_spaces AS opened
                    WHERE opened.structure = places.structure
                      AND opened.service IS NOT DISTINCT FROM nullif(places.code, '')), '[]') AS "openSpaces",
         coalesce((SELECT json_agg(json_build_object('space', space, 'right', access_right, 'users', users)
                                   ORDER BY space, access_right)
                     FROM (SELECT space, access_right, count(*)::integer AS users FROM read.subscriptions AS given
                            WHERE given.structure = places.structure AND given.status = 'active'
                              AND given.service IS NOT DISTINCT FROM nullif(places.code, '')
                            GROUP BY space, access_right) AS counted), '[]') AS subscriptions
    FROM places JOIN read.structures ON structures.identifier = places.structure
   ORDER BY places.structure, places.code`;

const CATEGORIES: Readonly<Record<StructureCategory, string>> = {
  COMPANY: 'Entreprise',
  SOLE_TRADER: 'Entrepreneur individuel',
  PRIVATE_PERSON: 'Particulier',
  STATE: 'État',
  LOCAL_AUTHORITY: 'Collectivité locale',
  OTHER_PUBLIC: 'Autre structure publique',
};

const state = (active: boolean): string => (active ? 'Active' : 'Désactivée');

/** Columns of the CSV of structures. */
export const PLACE_COLUMNS: readonly ExportColumn<ExportedPlace>[] = [
  { header: 'Identifiant', cell: ({ identifier }) => textCell(identifier) },
  { header: "Type d'identifiant", cell: ({ identifierType }) => IDENTIFIER_TYPES[identifierType].label },
  { header: 'Catégorie', cell: ({ category }) => CATEGORIES[category] },
  { header: 'Raison sociale', cell: ({ name }) => textCell(name) },
  { header: 'État', cell: ({ active }) => state(active) },
  { header: 'Structure qui succède', cell: ({ successor }) => textCell(successor) },
  { header: 'Adresse', cell: ({ address }) => textCell(address?.lines.join(' | ') ?? null) },
  { header: 'Code postal', cell: ({ address }) => textCell(address?.postcode ?? null) },
  { header: 'Ville', cell: ({ address }) => textCell(address?.city ?? null) },
  { header: 'Pays', cell: ({ address }) => textCell(address?.country ?? null) },
  { header: 'Code service exigé', cell: ({ requiresServiceCode }) => yesOrNo(requiresServiceCode) },
  { header: 'Engagement exigé', cell: ({ requiresCommitmentNumber }) => yesOrNo(requiresCommitmentNumber) },
  { header: 'Service ou engagement exigé', cell: ({ requiresEither }) => yesOrNo(requiresEither) },
  { header: 'Exclusion', cell: ({ exclusion }) => textCell(exclusion) },
  { header: 'Code service', cell: ({ service }) => textCell(service) },
  { header: 'Libellé du service', cell: ({ serviceName }) => textCell(serviceName) },
  { header: 'État du service', cell: ({ serviceActive }) => (serviceActive === null ? '' : state(serviceActive)) },
  {
    header: 'Engagement exigé par le service',
    cell: ({ serviceRequiresCommitmentNumber: asks }) => (asks === null ? '' : yesOrNo(asks)),
  },
  { header: 'Espaces ouverts', cell: ({ openSpaces }) => openSpaces.map((space) => SPACES[space].label).join(' | ') },
  {
    header: 'Abonnements',
    cell: ({ subscriptions }) =>
      subscriptions.map(({ space, right, users }) => `${SPACES[space].label} (${right}) : ${users}`).join(' | '),
  },
];
