import type { MembershipEvent, MembershipKey, StructureEvent, SubscriptionKey } from '#domain';
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

const TABLES = ['read.opened_spaces', 'read.subscriptions', 'read.service_users'] as const;

/**
 * Opened spaces, subscriptions and requests, users of services (R08, R11): what is recorded, whether or not it gives a right
 * at this moment. Lists and exports read it; what somebody may do is asked of the log.
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
  tables: TABLES,
  async handle(events, tx) {
    for (const event of events) await apply(event, tx);
  },
};

async function apply(recorded: RecordedEvent, tx: PoolClient): Promise<void> {
  const event = { type: recorded.type, data: recorded.data } as StructureEventOfRights | MembershipEventOfRights;
  switch (event.type) {
    case 'SpaceOpened':
    case 'SpaceClosed': {
      const structure = decodeURIComponent(recorded.stream.slice(recorded.stream.indexOf('-') + 1));
      const { space, service } = event.data;
      await tx.query(
        event.type === 'SpaceOpened'
          ? 'INSERT INTO read.opened_spaces (structure, space, service) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING'
          : 'DELETE FROM read.opened_spaces WHERE structure = $1 AND space = $2 AND service IS NOT DISTINCT FROM $3',
        [structure, space, service],
      );
      return;
    }
    case 'StructureDuplicated':
      await copy(tx, event.data.origins.at(-1), event.data.identifier);
      return;
    case 'AttachmentRequested':
    case 'AttachmentRefused':
    case 'AuthorisationDeleted':
      for (const table of ['read.subscriptions', 'read.service_users'])
        await tx.query(`DELETE FROM ${table} WHERE structure = $1 AND account = $2`, member(event.data));
      return;
    case 'ServiceUserEnabled':
      await tx.query(
        `INSERT INTO read.service_users (structure, account, service) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
        [...member(event.data), event.data.service],
      );
      return;
    case 'ServiceUserDisabled':
      await tx.query('DELETE FROM read.service_users WHERE structure = $1 AND account = $2 AND service = $3', [
        ...member(event.data),
        event.data.service,
      ]);
      return;
    case 'SubscriptionRequested':
      await remove(tx, event.data, ['requested']);
      await insert(tx, event.data, { status: 'requested', right: event.data.right, by: null }, recorded.recordedAt);
      return;
    case 'SpaceSubscribed':
      // What comes into force answers the request for it as well.
      await remove(tx, event.data, ['requested', 'active']);
      await insert(tx, event.data, { status: 'active', ...event.data }, recorded.recordedAt);
      return;
    case 'SubscriptionRefused':
      await remove(tx, event.data, ['requested']);
      return;
    case 'SpaceUnsubscribed':
      await remove(tx, event.data, ['requested', 'active']);
      return;
  }
}

/** A structure that takes the place of another has its spaces, and its people their subscriptions and services (R16). */
async function copy(tx: PoolClient, origin: string | undefined, identifier: string): Promise<void> {
  const columns: Readonly<Record<(typeof TABLES)[number], string>> = {
    'read.opened_spaces': 'space, service',
    'read.subscriptions': 'account, space, service, status, access_right, given_by, since',
    'read.service_users': 'account, service',
  };
  for (const table of TABLES)
    await tx.query(
      `INSERT INTO ${table} (structure, ${columns[table]}) SELECT $1, ${columns[table]} FROM ${table} WHERE structure = $2`,
      [identifier, origin],
    );
}

async function insert(
  tx: PoolClient,
  key: MembershipKey & SubscriptionKey,
  { status, right, by }: { status: 'requested' | 'active'; right: string; by: string | null },
  since: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO read.subscriptions (structure, account, space, service, status, access_right, given_by, since)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [...member(key), key.space, key.service, status, right, by, since],
  );
}

async function remove(
  tx: PoolClient,
  key: MembershipKey & SubscriptionKey,
  statuses: readonly ('requested' | 'active')[],
): Promise<void> {
  await tx.query(
    `DELETE FROM read.subscriptions
      WHERE structure = $1 AND account = $2 AND space = $3 AND service IS NOT DISTINCT FROM $4 AND status = ANY($5)`,
    [...member(key), key.space, key.service, statuses],
  );
}

function member({ structure, account }: MembershipKey): [structure: string, account: string] {
  return [structure, account];
}
