import type { MembershipEvent, StructureEvent } from '#domain';
import type { PoolClient } from 'pg';
import { RowChanges } from './row-changes.js';
import { structureOf, Successors, type Duplication } from './successors.js';
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
    const successors = await Successors.of(events, KNOWN_SUCCESSORS, tx);
    const changes = new RowChanges(tx);
    for (const recorded of events) {
      const event = { type: recorded.type, data: recorded.data } as StructureEventOfRights | MembershipEventOfRights;
      if (event.type === 'StructureDuplicated') {
        successors.add(event.data);
        await changes.make(); // it copies rows: what came before is in them
        await copy(tx, event.data);
        continue;
      }
      for (const structure of successors.withSuccessors(structureOf(recorded)))
        if (event.type === 'SpaceOpened' || event.type === 'SpaceClosed') changeSpace(changes, structure, event);
        else changeMember(changes, structure, event, recorded.recordedAt);
    }
    await changes.make();
  },
};

const KNOWN_SUCCESSORS =
  'SELECT origin, array_agg(structure) AS structures FROM read.rights_origins WHERE origin = ANY ($1) GROUP BY origin';

/** Structure, space, service or null. */
const OPEN_SPACES = `
  INSERT INTO read.opened_spaces (structure, space, service)
  SELECT structure, space, service FROM unnest($1::text[], $2::text[], $3::text[]) AS opened (structure, space, service)
      ON CONFLICT DO NOTHING`;

/** Structure, space, service or null. */
const CLOSE_SPACES = `
  DELETE FROM read.opened_spaces AS spaces
   USING unnest($1::text[], $2::text[], $3::text[]) AS closed (structure, space, service)
   WHERE spaces.structure = closed.structure AND spaces.space = closed.space
     AND spaces.service IS NOT DISTINCT FROM closed.service`;

/** Structure, account. */
const FORGET_MEMBERS = ['read.subscriptions', 'read.service_users'].map(
  (table) => `
  DELETE FROM ${table} AS rights USING unnest($1::text[], $2::text[]) AS gone (structure, account)
   WHERE rights.structure = gone.structure AND rights.account = gone.account`,
);

/** Structure, account, service. */
const ENABLE_USERS = `
  INSERT INTO read.service_users (structure, account, service)
  SELECT structure, account, service
    FROM unnest($1::text[], $2::text[], $3::text[]) AS enabled (structure, account, service)
      ON CONFLICT DO NOTHING`;

/** Structure, account, service. */
const DISABLE_USERS = `
  DELETE FROM read.service_users AS users
   USING unnest($1::text[], $2::text[], $3::text[]) AS disabled (structure, account, service)
   WHERE users.structure = disabled.structure AND users.account = disabled.account
     AND users.service = disabled.service`;

/** Structure, account, space, service or null, status, right, who gave it or null, since when. */
const INSERT_SUBSCRIPTIONS = `
  INSERT INTO read.subscriptions (structure, account, space, service, status, access_right, given_by, since)
  SELECT structure, account, space, service, status, access_right, given_by, since
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
      AS subscribed (structure, account, space, service, status, access_right, given_by, since)`;

/** Structure, account, space, service or null. */
const REMOVE_REQUESTS = removeSubscriptions("subscriptions.status = 'requested'");
const REMOVE_SUBSCRIPTIONS = removeSubscriptions("subscriptions.status IN ('requested', 'active')");

function removeSubscriptions(condition: string): string {
  return `
  DELETE FROM read.subscriptions AS subscriptions
   USING unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS removed (structure, account, space, service)
   WHERE subscriptions.structure = removed.structure AND subscriptions.account = removed.account
     AND subscriptions.space = removed.space AND subscriptions.service IS NOT DISTINCT FROM removed.service
     AND ${condition}`;
}

function changeSpace(
  changes: RowChanges,
  structure: string,
  { type, data: { space, service } }: Extract<StructureEventOfRights, { type: 'SpaceOpened' | 'SpaceClosed' }>,
): void {
  const values = [structure, space, service];
  changes.add(type === 'SpaceOpened' ? OPEN_SPACES : CLOSE_SPACES, JSON.stringify(['space', ...values]), values);
}

function changeMember(changes: RowChanges, structure: string, event: MembershipEventOfRights, at: string): void {
  const { account } = event.data;
  // Every row of the person: some events change them all.
  const change = (statement: string, ...values: readonly unknown[]): void =>
    changes.add(statement, JSON.stringify(['member', structure, account]), [structure, account, ...values]);
  switch (event.type) {
    case 'AttachmentRequested':
    case 'AttachmentRefused':
    case 'AuthorisationDeleted':
      for (const statement of FORGET_MEMBERS) change(statement);
      return;
    case 'ServiceUserEnabled':
      change(ENABLE_USERS, event.data.service);
      return;
    case 'ServiceUserDisabled':
      change(DISABLE_USERS, event.data.service);
      return;
    case 'SubscriptionRequested': {
      const { space, service, right } = event.data;
      change(REMOVE_REQUESTS, space, service);
      change(INSERT_SUBSCRIPTIONS, space, service, 'requested', right, null, at);
      return;
    }
    case 'SpaceSubscribed': {
      const { space, service, right, by } = event.data;
      // What comes into force answers the request for it as well.
      change(REMOVE_SUBSCRIPTIONS, space, service);
      change(INSERT_SUBSCRIPTIONS, space, service, 'active', right, by, at);
      return;
    }
    case 'SubscriptionRefused':
      change(REMOVE_REQUESTS, event.data.space, event.data.service);
      return;
    case 'SpaceUnsubscribed':
      change(REMOVE_SUBSCRIPTIONS, event.data.space, event.data.service);
      return;
  }
}

async function copy(tx: PoolClient, { identifier, origins }: Duplication): Promise<void> {
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
