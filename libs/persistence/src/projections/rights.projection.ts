import type { MembershipEvent, StructureEvent, SubscriptionKey } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import type { Projection } from './projection.js';

type StructureEventOfRights = Extract<
  StructureEvent,
  { type: 'SpaceOpened' } | { type: 'SpaceClosed' } | { type: 'StructureDuplicated' }
>;
type MembershipEventOfRights = Exclude<
  MembershipEvent,
  {
    type:
      | 'AttachmentValidated'
      | 'UserAttached'
      | 'SecondaryManagerAppointed'
      | 'SecondaryManagerDismissed'
      | 'AuthorisationDeactivated'
      | 'AuthorisationReactivated';
  }
>;

type Key = SubscriptionKey & { readonly account: string };

const COPIED = {
  'read.opened_spaces': 'space, service',
  'read.subscriptions': 'account, space, service, status, access_right, given_by, since',
  'read.service_users': 'account, service',
} as const;

/**
 * Opened spaces, subscriptions and requests, users of services (R08, R11): what is recorded, whether or not it gives a right
 * at this moment. Lists and exports read it; what somebody may do is asked of the log.
 *
 * A structure that takes another's place has what that one had in one statement for each table (R16). An event of the old
 * structure can still come after that in the order of the log, when both were recorded at the same instant; it then counts
 * for the new structure as well, as it does for whoever reads the streams.
 */
export const rightsProjection: Projection = {
  name: 'rights',
  types: [
    'SpaceOpened',
    'SpaceClosed',
    'StructureDuplicated',
    'AttachmentRequested',
    'AttachmentRefused',
    'AuthorisationDeleted',
    'ServiceUserEnabled',
    'ServiceUserDisabled',
    'SubscriptionRequested',
    'SubscriptionRefused',
    'SpaceSubscribed',
    'SpaceUnsubscribed',
  ],
  tables: [...Object.keys(COPIED), 'read.rights_origins'],
  async handle(events, tx) {
    for (const event of events) await apply(event, tx);
  },
};

async function apply(recorded: RecordedEvent, tx: PoolClient): Promise<void> {
  const event = { type: recorded.type, data: recorded.data } as StructureEventOfRights | MembershipEventOfRights;
  switch (event.type) {
    case 'StructureDuplicated':
      await copy(tx, event.data);
      return;
    case 'SpaceOpened':
    case 'SpaceClosed': {
      const structure = decodeURIComponent(recorded.stream.slice(recorded.stream.indexOf('-') + 1));
      const { space, service } = event.data;
      await tx.query(
        event.type === 'SpaceOpened'
          ? `INSERT INTO read.opened_spaces (structure, space, service)
             SELECT structure, $2, $3 FROM unnest($1::text[]) AS structure ON CONFLICT DO NOTHING`
          : 'DELETE FROM read.opened_spaces WHERE structure = ANY($1) AND space = $2 AND service IS NOT DISTINCT FROM $3',
        [await withSuccessors(tx, structure), space, service],
      );
      return;
    }
    default:
      await applyToMember(tx, await withSuccessors(tx, event.data.structure), event, recorded.recordedAt);
  }
}

async function applyToMember(
  tx: PoolClient,
  structures: readonly string[],
  event: MembershipEventOfRights,
  at: string,
): Promise<void> {
  const { account } = event.data;
  switch (event.type) {
    case 'AttachmentRequested':
    case 'AttachmentRefused':
    case 'AuthorisationDeleted':
      for (const table of ['read.subscriptions', 'read.service_users'])
        await tx.query(`DELETE FROM ${table} WHERE structure = ANY($1) AND account = $2`, [structures, account]);
      return;
    case 'ServiceUserEnabled':
      await tx.query(
        `INSERT INTO read.service_users (structure, account, service)
         SELECT structure, $2, $3 FROM unnest($1::text[]) AS structure ON CONFLICT DO NOTHING`,
        [structures, account, event.data.service],
      );
      return;
    case 'ServiceUserDisabled':
      await tx.query('DELETE FROM read.service_users WHERE structure = ANY($1) AND account = $2 AND service = $3', [
        structures,
        account,
        event.data.service,
      ]);
      return;
    case 'SubscriptionRequested':
      await remove(tx, structures, event.data, ['requested']);
      await insert(tx, structures, event.data, { status: 'requested', right: event.data.right, by: null, at });
      return;
    case 'SpaceSubscribed':
      // What comes into force answers the request for it as well.
      await remove(tx, structures, event.data, ['requested', 'active']);
      await insert(tx, structures, event.data, { status: 'active', right: event.data.right, by: event.data.by, at });
      return;
    case 'SubscriptionRefused':
      await remove(tx, structures, event.data, ['requested']);
      return;
    case 'SpaceUnsubscribed':
      await remove(tx, structures, event.data, ['requested', 'active']);
      return;
  }
}

/** The structure, and those that took its place. */
async function withSuccessors(tx: PoolClient, structure: string): Promise<string[]> {
  const { rows } = await tx.query<{ structure: string }>(
    'SELECT structure FROM read.rights_origins WHERE origin = $1',
    [structure],
  );
  return [structure, ...rows.map((row) => row.structure)];
}

async function copy(
  tx: PoolClient,
  { identifier, origins }: { readonly identifier: string; readonly origins: readonly string[] },
): Promise<void> {
  await tx.query(
    'INSERT INTO read.rights_origins (origin, structure) SELECT origin, $2 FROM unnest($1::text[]) AS origin',
    [origins, identifier],
  );
  for (const [table, columns] of Object.entries(COPIED))
    await tx.query(
      `INSERT INTO ${table} (structure, ${columns}) SELECT $1, ${columns} FROM ${table} WHERE structure = $2`,
      [identifier, origins.at(-1)],
    );
}

async function insert(
  tx: PoolClient,
  structures: readonly string[],
  { account, space, service }: Key,
  { status, right, by, at }: { status: 'requested' | 'active'; right: string; by: string | null; at: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO read.subscriptions (structure, account, space, service, status, access_right, given_by, since)
     SELECT structure, $2, $3, $4, $5, $6, $7, $8 FROM unnest($1::text[]) AS structure`,
    [structures, account, space, service, status, right, by, at],
  );
}

async function remove(
  tx: PoolClient,
  structures: readonly string[],
  { account, space, service }: Key,
  statuses: readonly ('requested' | 'active')[],
): Promise<void> {
  await tx.query(
    `DELETE FROM read.subscriptions
      WHERE structure = ANY($1) AND account = $2 AND space = $3 AND service IS NOT DISTINCT FROM $4 AND status = ANY($5)`,
    [structures, account, space, service, statuses],
  );
}
