import type { MembershipEvent, StructureEvent } from '#domain';
import type { PoolClient } from 'pg';
import { RowChanges } from './row-changes.js';
import { Successors, type Duplication } from './successors.js';
import type { Projection } from './projection.js';

type AttachmentEvent = Extract<
  MembershipEvent,
  | { type: `Attachment${string}` }
  | { type: `Authorisation${string}` }
  | { type: `SecondaryManager${string}` }
  | { type: 'UserAttached' }
>;
type PeopleEvent = AttachmentEvent | Extract<StructureEvent, { type: 'StructureDuplicated' }>;

/**
 * Who is what on which structure (R03–R05). Who the primary manager is stands in `read.structures`.
 *
 * A structure that takes another's place by a change of SIRET has its people in one statement (R16). An event of the old
 * structure can still come after that in the order of the log, when both were recorded at the same instant; it then counts for
 * the new structure as well, as it does for whoever reads the streams.
 */
export const peopleProjection: Projection = {
  name: 'people',
  types: [
    'AttachmentRequested',
    'AttachmentValidated',
    'AttachmentRefused',
    'UserAttached',
    'SecondaryManagerAppointed',
    'SecondaryManagerDismissed',
    'AuthorisationDeactivated',
    'AuthorisationReactivated',
    'AuthorisationDeleted',
    'StructureDuplicated',
  ],
  tables: ['read.memberships', 'read.structure_origins'],
  async handle(events, tx) {
    const successors = await Successors.of(events, KNOWN_SUCCESSORS, tx);
    const changes = new RowChanges(tx);
    for (const recorded of events) {
      const event = { type: recorded.type, data: recorded.data } as PeopleEvent;
      if (event.type === 'StructureDuplicated') {
        successors.add(event.data);
        await changes.make(); // it copies rows: what came before is in them
        await duplicate(event.data, tx);
        continue;
      }
      const [statement, ...values] = change(event, recorded.occurredAt);
      const { structure: owner, account } = event.data;
      for (const structure of successors.withSuccessors(owner))
        changes.add(statement, JSON.stringify([structure, account]), [structure, account, ...values]);
    }
    await changes.make();
  },
};

const KNOWN_SUCCESSORS =
  'SELECT origin, array_agg(structure) AS structures FROM read.structure_origins WHERE origin = ANY ($1) GROUP BY origin';

/** Sets columns of the rows of accounts `$2` on structures `$1`. */
function set(columns: string, ...types: readonly string[]): string {
  const names = types.map((_, index) => `, ${String.fromCharCode('a'.charCodeAt(0) + index)}`).join('');
  const values = types.map((type, index) => `, $${index + 3}::${type}[]`).join('');
  return `UPDATE read.memberships AS memberships SET ${columns}
            FROM unnest($1::text[], $2::text[]${values}) AS change (structure, account${names})
           WHERE memberships.structure = change.structure AND memberships.account = change.account`;
}

const VALIDATE = set(
  "status = 'attached', judged_by = change.a, judged_at = change.b, attached_at = change.b",
  'text',
  'timestamptz',
);
const REFUSE = set(
  "status = 'refused', judged_by = change.a, judged_at = change.b, reason = change.c",
  'text',
  'timestamptz',
  'text',
);
const SET_SECONDARY_MANAGER = set('secondary_manager = change.a', 'boolean');
const SET_STATUS = set('status = change.a', 'text');

/** What people are from now on, whatever there was: structure, account, status, when they asked, when they were attached. */
const BEGIN = `
  INSERT INTO read.memberships (structure, account, status, requested_at, attached_at)
  SELECT structure, account, status, requested_at, attached_at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[])
      AS begun (structure, account, status, requested_at, attached_at)
      ON CONFLICT (structure, account) DO UPDATE
     SET status = excluded.status, requested_at = excluded.requested_at, attached_at = excluded.attached_at,
         secondary_manager = false, judged_at = NULL, judged_by = NULL, reason = NULL`;

const REMOVE = `
  DELETE FROM read.memberships AS memberships USING unnest($1::text[], $2::text[]) AS removed (structure, account)
   WHERE memberships.structure = removed.structure AND memberships.account = removed.account`;

/** How an event changes what a person is on a structure. */
function change(event: AttachmentEvent, at: string): [statement: string, ...values: unknown[]] {
  switch (event.type) {
    case 'AttachmentRequested':
      return [BEGIN, 'requested', at, null];
    case 'AttachmentValidated':
      return [VALIDATE, event.data.by, at];
    case 'AttachmentRefused':
      return [REFUSE, event.data.by, at, event.data.reason];
    case 'UserAttached':
      return [BEGIN, 'attached', null, at];
    case 'SecondaryManagerAppointed':
    case 'SecondaryManagerDismissed':
      return [SET_SECONDARY_MANAGER, event.type === 'SecondaryManagerAppointed'];
    case 'AuthorisationDeactivated':
    case 'AuthorisationReactivated':
      return [SET_STATUS, event.type === 'AuthorisationDeactivated' ? 'deactivated' : 'attached'];
    case 'AuthorisationDeleted':
      return [REMOVE];
  }
}

/** However many people there are: one statement. */
async function duplicate({ identifier, origins }: Duplication, tx: PoolClient): Promise<void> {
  await tx.query(
    'INSERT INTO read.structure_origins (origin, structure) SELECT origin, $2 FROM unnest($1::text[]) AS origin',
    [origins, identifier],
  );
  await tx.query(
    `INSERT INTO read.memberships (structure, account, status, secondary_manager, requested_at, judged_at, judged_by,
                                   reason, attached_at)
     SELECT $2, account, status, secondary_manager, requested_at, judged_at, judged_by, reason, attached_at
       FROM read.memberships WHERE structure = $1`,
    [origins.at(-1), identifier],
  );
}
