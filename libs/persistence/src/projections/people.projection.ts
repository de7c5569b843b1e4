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
    const successors = await successorsOf(events, tx);
    for (const event of events) await apply(event, successors, tx);
  },
};

/** The structures that took the place of a structure, by its identifier. */
type Successors = Map<string, string[]>;

/** What is known, in one query for all events, of the structures that they are about. */
async function successorsOf(events: readonly RecordedEvent[], tx: PoolClient): Promise<Successors> {
  const structures = new Set(events.map(({ data }) => (data as { structure?: string }).structure ?? ''));
  const { rows } = await tx.query<{ origin: string; structures: string[] }>(
    'SELECT origin, array_agg(structure) AS structures FROM read.structure_origins WHERE origin = ANY ($1) GROUP BY origin',
    [[...structures]],
  );
  return new Map(rows.map(({ origin, structures: successors }) => [origin, successors]));
}

async function apply(recorded: RecordedEvent, successors: Successors, tx: PoolClient): Promise<void> {
  const event = { type: recorded.type, data: recorded.data } as PeopleEvent;
  if (event.type === 'StructureDuplicated') {
    for (const origin of event.data.origins)
      successors.set(origin, [...(successors.get(origin) ?? []), event.data.identifier]);
    return duplicate(event.data, tx);
  }
  const { structure, account } = event.data;
  await applyOn([structure, ...(successors.get(structure) ?? [])], account, event, recorded.occurredAt, tx);
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
      await begin(structures, account, { status: 'requested', requestedAt: at, attachedAt: null }, tx);
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
      await begin(structures, account, { status: 'attached', requestedAt: null, attachedAt: at }, tx);
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

/** What a person is from now on, whatever there was. */
async function begin(
  structures: readonly string[],
  account: string,
  { status, requestedAt, attachedAt }: { status: string; requestedAt: string | null; attachedAt: string | null },
  tx: PoolClient,
): Promise<void> {
  await tx.query(
    `INSERT INTO read.memberships (structure, account, status, requested_at, attached_at)
     SELECT structure, $2, $3, $4, $5 FROM unnest($1::text[]) AS structure
     ON CONFLICT (structure, account) DO UPDATE
        SET status = excluded.status, requested_at = excluded.requested_at, attached_at = excluded.attached_at,
            secondary_manager = false, judged_at = NULL, judged_by = NULL, reason = NULL`,
    [structures, account, status, requestedAt, attachedAt],
  );
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
