import type { MembershipEvent, StructureEvent } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
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
    for (const event of events) await apply(event, tx);
  },
};

async function apply(recorded: RecordedEvent, tx: PoolClient): Promise<void> {
  const event = { type: recorded.type, data: recorded.data } as PeopleEvent;
  if (event.type === 'StructureDuplicated') return duplicate(event.data, tx);
  const { structure, account } = event.data;
  const { rows } = await tx.query<{ structure: string }>(
    'SELECT structure FROM read.structure_origins WHERE origin = $1',
    [structure],
  );
  const structures = [structure, ...rows.map((row) => row.structure)];
  await applyOn(structures, account, event, recorded.occurredAt, tx);
}

/** All that a person is on these structures, as one event changes it. */
async function applyOn(
  structures: readonly string[],
  account: string,
  event: AttachmentEvent,
  at: string,
  tx: PoolClient,
): Promise<void> {
  const set = (change: string, ...values: unknown[]) =>
    tx.query(`UPDATE read.memberships SET ${change} WHERE structure = ANY ($1) AND account = $2`, [
      structures,
      account,
      ...values,
    ]);
  switch (event.type) {
    case 'AttachmentRequested':
      await remove(structures, account, tx);
      await tx.query(
        `INSERT INTO read.memberships (structure, account, status, requested_at)
         SELECT structure, $2, 'requested', $3 FROM unnest($1::text[]) AS structure`,
        [structures, account, at],
      );
      return;
    case 'AttachmentValidated':
      await set("status = 'attached', judged_by = $3, judged_at = $4, attached_at = $4", event.data.by, at);
      return;
    case 'AttachmentRefused':
      await set(
        "status = 'refused', judged_by = $3, judged_at = $4, reason = $5",
        event.data.by,
        at,
        event.data.reason,
      );
      return;
    case 'UserAttached':
      await remove(structures, account, tx);
      await tx.query(
        `INSERT INTO read.memberships (structure, account, status, attached_at)
         SELECT structure, $2, 'attached', $3 FROM unnest($1::text[]) AS structure`,
        [structures, account, at],
      );
      return;
    case 'SecondaryManagerAppointed':
    case 'SecondaryManagerDismissed':
      await set('secondary_manager = $3', event.type === 'SecondaryManagerAppointed');
      return;
    case 'AuthorisationDeactivated':
    case 'AuthorisationReactivated':
      await set('status = $3', event.type === 'AuthorisationDeactivated' ? 'deactivated' : 'attached');
      return;
    case 'AuthorisationDeleted':
      await remove(structures, account, tx);
      return;
  }
}

async function remove(structures: readonly string[], account: string, tx: PoolClient): Promise<void> {
  await tx.query('DELETE FROM read.memberships WHERE structure = ANY ($1) AND account = $2', [structures, account]);
}

/** However many people there are: one statement. */
async function duplicate(
  { identifier, origins }: { readonly identifier: string; readonly origins: readonly string[] },
  tx: PoolClient,
): Promise<void> {
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
