import { type AccountEvent, type MembershipEvent, type StructureEvent, type SupportRequestEvent } from '#domain';
import type { PoolClient } from 'pg';
import type { Audience } from './notice.js';

type RelatingEvent = AccountEvent | MembershipEvent | StructureEvent | SupportRequestEvent;

/**
 * Event types by which it is known who belongs to a structure, manages it, and stands on which side of a support request.
 */
export const RELATING_TYPES: readonly string[] = [
  'StructureRegistered',
  'StructureDuplicated',
  'PrimaryManagerNamed',
  'AttachmentRequested',
  'AttachmentValidated',
  'AttachmentRefused',
  'UserAttached',
  'AuthorisationDeactivated',
  'AuthorisationReactivated',
  'AuthorisationDeleted',
  'SecondaryManagerAppointed',
  'SecondaryManagerDismissed',
  'SpaceSubscribed',
  'SpaceUnsubscribed',
  'SupportRequestCreated',
  'SupportRequestAssigned',
  'SupportRequestAnswered',
] satisfies readonly RelatingEvent['type'][];

/**
 * Takes from an event who belongs where. Notifications keep this for themselves, at their own place in the log: a read model
 * may be behind it, or empty while it is made anew, and a manager would then never hear of a request.
 *
 * @param structure identifier of the structure whose stream the event stands in
 */
export async function relate(event: RelatingEvent, structure: string, tx: PoolClient): Promise<void> {
  switch (event.type) {
    case 'StructureRegistered':
      await tx.query(
        `INSERT INTO outbox.structures (identifier, primary_manager) VALUES ($1, $2) ON CONFLICT (identifier) DO NOTHING`,
        [event.data.identifier, event.data.primaryManager ?? null],
      );
      return;
    case 'StructureDuplicated': {
      // The structure that it replaces had everything that came before it (R16).
      const origin = event.data.origins.at(-1) ?? '';
      await tx.query(
        `INSERT INTO outbox.structures (identifier, primary_manager)
         SELECT $1, primary_manager FROM outbox.structures WHERE identifier = $2`,
        [event.data.identifier, origin],
      );
      await tx.query(
        `INSERT INTO outbox.members (structure, account, attached, secondary, follows_issued)
         SELECT $1, account, attached, secondary, follows_issued FROM outbox.members WHERE structure = $2`,
        [event.data.identifier, origin],
      );
      await tx.query('UPDATE outbox.structures SET successor = $1 WHERE identifier = $2 OR successor = $2', [
        event.data.identifier,
        origin,
      ]);
      return;
    }
    case 'PrimaryManagerNamed':
      await tx.query('UPDATE outbox.structures SET primary_manager = $2 WHERE identifier = $1', [
        structure,
        event.data.account,
      ]);
      return;
    case 'AttachmentRequested':
    case 'AttachmentRefused':
    case 'AuthorisationDeleted':
      await tx.query('DELETE FROM outbox.members WHERE structure = $1 AND account = $2', [
        event.data.structure,
        event.data.account,
      ]);
      return;
    case 'AttachmentValidated':
    case 'UserAttached':
    case 'AuthorisationReactivated':
      await setMember(tx, event.data, 'attached', true);
      return;
    case 'AuthorisationDeactivated':
      await setMember(tx, event.data, 'attached', false);
      return;
    case 'SecondaryManagerAppointed':
    case 'SecondaryManagerDismissed':
      await setMember(tx, event.data, 'secondary', event.type === 'SecondaryManagerAppointed');
      return;
    case 'SpaceSubscribed':
    case 'SpaceUnsubscribed':
      if (event.data.space === 'ISSUED_INVOICES' && event.data.service === null)
        await setMember(tx, event.data, 'follows_issued', event.type === 'SpaceSubscribed');
      return;
    case 'SupportRequestCreated': {
      const { request, author, recipient } = event.data;
      await tx.query(
        'INSERT INTO outbox.support_requests (request, author, structure, recipient_structure) VALUES ($1, $2, $3, $4)',
        [request, author, event.data.structure, recipient.kind === 'structure' ? recipient.structure : null],
      );
      return;
    }
    case 'SupportRequestAssigned':
      await tx.query('UPDATE outbox.support_requests SET assignee = $2 WHERE request = $1', [
        event.data.request,
        event.data.assignee,
      ]);
      return;
    case 'SupportRequestAnswered':
      // Whoever answers first treats it from then on.
      await tx.query(
        `UPDATE outbox.support_requests SET assignee = $2 WHERE request = $1 AND assignee IS NULL AND author <> $2`,
        [event.data.request, event.data.author],
      );
      return;
    default:
  }
}

/** What is known of somebody on a structure. */
const COLUMNS = ['attached', 'secondary', 'follows_issued'] as const;

async function setMember(
  tx: PoolClient,
  { structure, account }: { readonly structure: string; readonly account: string },
  column: (typeof COLUMNS)[number],
  value: boolean,
): Promise<void> {
  await tx.query(
    `INSERT INTO outbox.members (structure, account, attached, secondary, follows_issued) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (structure, account) DO UPDATE SET ${column} = excluded.${column}`,
    [structure, account, ...COLUMNS.map((one) => one === column && value)],
  );
}

const MANAGERS = `
  SELECT m.account FROM outbox.members m
    LEFT JOIN outbox.structures s ON s.identifier = m.structure
   WHERE m.attached AND (m.secondary OR m.account = s.primary_manager) AND m.structure =`;

/** The accounts of each kind of audience, of what `notice.named` names. */
export const ACCOUNTS_OF: Readonly<Record<Audience['kind'], string>> = {
  account: 'SELECT notice.named AS account',
  managers: `${MANAGERS} notice.named`,
  attached: 'SELECT account FROM outbox.members WHERE structure = notice.named AND attached',
  // Of what a structure issued before another took its place, the people of now are told (R16).
  'followers-of-issued': `
    SELECT account FROM outbox.members
     WHERE structure = coalesce((SELECT successor FROM outbox.structures WHERE identifier = notice.named), notice.named)
       AND attached AND follows_issued`,
  'both-sides': `
    SELECT author AS account FROM outbox.support_requests WHERE request = notice.named
    UNION
    SELECT assignee FROM outbox.support_requests WHERE request = notice.named AND assignee <> 'operator'
    UNION
    ${MANAGERS}
      (SELECT recipient_structure FROM outbox.support_requests WHERE request = notice.named AND assignee IS NULL)`,
};

/** What names an audience among those of its kind. */
export function namedBy(audience: Audience): string {
  switch (audience.kind) {
    case 'account':
      return audience.account;
    case 'both-sides':
      return audience.request;
    case 'managers':
    case 'attached':
    case 'followers-of-issued':
      return audience.structure;
  }
}
