import type { AccountEvent, MembershipEvent, StructureEvent, SupportRequestEvent } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import { NOTICES, type Happening } from './notices-of.js';
import type { Notice } from './notice.js';
import { relate, RELATING_TYPES } from './relations.js';
import { WaitingNotices } from './waiting-notices.js';

type KnownEvent = AccountEvent | MembershipEvent | StructureEvent | SupportRequestEvent;

/** What the move of the primary role brings along on the two people's streams: the mail on the move tells it already. */
const PART_OF_A_MOVE: ReadonlySet<string> = new Set([
  'UserAttached',
  'AttachmentValidated',
  'SecondaryManagerAppointed',
  'SecondaryManagerDismissed',
]);

/**
 * Puts mails into the outbox for what happened (R01, R04, R18, R25): a subscription of its own, whose checkpoint moves in the
 * transaction that writes the rows, so that each event counts once; and each (event, recipient) can be there only once. It
 * reads events as they stand in the log, personal data encrypted: it has no use for them. It is no projection, and making
 * read models anew does not touch it.
 */
export const notificationReaction = {
  name: 'notifications',
  types: [...new Set([...RELATING_TYPES, ...Object.keys(NOTICES)])],
  async handle(events: readonly RecordedEvent[], tx: PoolClient): Promise<void> {
    const moves = new Set(
      events.filter(({ type }) => type === 'PrimaryManagerNamed').map(({ metadata }) => metadata['commandId']),
    );
    const waiting = new WaitingNotices(tx);
    for (const event of events) {
      const structure = structureOf(event.stream);
      if (RELATING_TYPES.includes(event.type)) {
        await waiting.put(); // to those who belonged there until now
        await relate({ type: event.type, data: event.data } as KnownEvent, structure, tx);
      }
      if (PART_OF_A_MOVE.has(event.type) && moves.has(event.metadata['commandId'])) continue;
      waiting.add(event, noticesOf(event, structure));
    }
    await waiting.put();
  },
};

function noticesOf({ type, data, metadata, stream }: RecordedEvent, structure: string): readonly Notice[] {
  const rule = (NOTICES as Readonly<Record<string, ((happening: Happening<never>) => readonly Notice[]) | undefined>>)[
    type
  ];
  return rule?.({ data: data as never, structure, stream, actor: actorNamed(metadata['actor'] ?? '') }) ?? [];
}

/** The structure whose stream this is, or an empty text. */
function structureOf(stream: string): string {
  return stream.startsWith('structure-') ? decodeURIComponent(stream.slice('structure-'.length)) : '';
}

/** Who acted, by the name that the log gives: an account, `operator`, or the platform itself. */
function actorNamed(actor: string): string {
  if (actor === 'operator') return actor;
  return /^account-(.+)$/.exec(actor)?.[1] ?? 'platform';
}
