import {
  evolveMembership,
  membershipStream,
  noMembership,
  structureStream,
  type Membership,
  type MembershipEvent,
  type SpaceCode,
  type StructureEvent,
} from '#domain';
import type { EventStore, StreamAppend } from '#events';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';

/** The people of a history. */
export const ACCOUNTS = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
/** The places of a structure that rights are about. */
export const SERVICES = [null, 'COMPTA', 'ACHATS'] as const;

/** What happens on one of the structures of a history: to the structure, to one of its people, or its SIRET changes. */
export type Happening =
  | { readonly kind: 'structure'; readonly event: StructureEvent }
  | { readonly kind: 'member'; readonly account: string; readonly event: (structure: string) => MembershipEvent }
  | { readonly kind: 'change-identifier' };

const by = ACCOUNTS[0];
const right = fc.constantFrom('consultation' as const, 'modification' as const);
const service = fc.constantFrom('COMPTA', 'ACHATS');

type Place = fc.Arbitrary<{ space: SpaceCode; service: (typeof SERVICES)[number] }>;

const structureHappens = (place: Place): fc.Arbitrary<Happening> =>
  fc
    .tuple(fc.constantFrom('SpaceOpened' as const, 'SpaceClosed' as const), place)
    .map(([type, at]) => ({ kind: 'structure', event: { type, data: { ...at, by } } }));

const memberHappens = (place: Place): fc.Arbitrary<Happening> =>
  fc
    .tuple(fc.constantFrom(...ACCOUNTS), place, right, service, fc.nat(13))
    .map(([account, at, wanted, code, which]) => ({
      kind: 'member',
      account,
      event: (structure) => {
        const key = { structure, account };
        const events: readonly MembershipEvent[] = [
          { type: 'SubscriptionRequested', data: { ...key, ...at, right: wanted } },
          { type: 'SubscriptionRefused', data: { ...key, ...at, by, reason: null } },
          { type: 'SpaceSubscribed', data: { ...key, ...at, right: wanted, by } },
          { type: 'SpaceUnsubscribed', data: { ...key, ...at, by } },
          { type: 'ServiceUserEnabled', data: { ...key, service: code, by } },
          { type: 'ServiceUserDisabled', data: { ...key, service: code, by } },
          { type: 'AuthorisationDeactivated', data: { ...key, by } },
          { type: 'AuthorisationReactivated', data: { ...key, by } },
          { type: 'AuthorisationDeleted', data: { ...key, by } },
          { type: 'UserAttached', data: { ...key, by } },
          { type: 'AttachmentRequested', data: key },
          { type: 'AttachmentRefused', data: { ...key, by, reason: null } },
          { type: 'SubscriptionRequested', data: { ...key, ...at, right: wanted } },
          { type: 'SpaceSubscribed', data: { ...key, ...at, right: wanted, by } },
        ];
        return events[which] ?? { type: 'UserAttached', data: { ...key, by } };
      },
    }));

/** What may happen to the rights on a structure, in any order, about these spaces. */
export function rightsHistory(spaces: readonly SpaceCode[]): fc.Arbitrary<Happening[]> {
  const place: Place = fc.record({ space: fc.constantFrom(...spaces), service: fc.constantFrom(...SERVICES) });
  return fc.array(
    fc.oneof(
      { weight: 3, arbitrary: structureHappens(place) },
      { weight: 12, arbitrary: memberHappens(place) },
      { weight: 1, arbitrary: fc.constant<Happening>({ kind: 'change-identifier' }) },
    ),
    { minLength: 10, maxLength: 60 },
  );
}

/** What no command does to somebody who has nothing to do with the structure. */
const OF_MEMBERS_ALONE: ReadonlySet<string> = new Set([
  'AuthorisationDeactivated',
  'AuthorisationReactivated',
  'AuthorisationDeleted',
]);

type RightsEvent = StructureEvent | MembershipEvent;

/**
 * Puts a history into the log, on a structure of its own.
 *
 * @param name of the structure; its identifiers are `<name>.0` and, after each change of SIRET, `<name>.1` …
 * @returns the identifiers, the oldest first, and the events by stream
 */
export async function recordRights(
  store: EventStore,
  name: string,
  happenings: readonly Happening[],
): Promise<{ identifiers: readonly string[]; log: ReadonlyMap<string, readonly RightsEvent[]> }> {
  const identifiers = [`${name}.0`];
  const log = new Map<string, RightsEvent[]>();
  const memberships = new Map<string, Membership>();
  const appends: StreamAppend[] = [];
  const happened = (stream: string, event: RightsEvent): void => {
    log.set(stream, [...(log.get(stream) ?? []), event]);
    appends.push({ stream, expected: 'any', events: [event] });
  };
  const first = { identifier: `${name}.0`, name: 'Établissements', publicEntity: true };
  happened(structureStream(first.identifier), { type: 'StructureRegistered', data: first });
  for (const happening of happenings) {
    const current = identifiers.at(-1) ?? '';
    if (happening.kind === 'structure') happened(structureStream(current), happening.event);
    if (happening.kind === 'member') {
      const { account } = happening;
      const event = happening.event(current);
      const membership = memberships.get(account) ?? noMembership;
      if (membership.status === 'none' && OF_MEMBERS_ALONE.has(event.type)) continue;
      memberships.set(account, evolveMembership(membership, event));
      happened(membershipStream({ structure: current, account }), event);
    }
    if (happening.kind === 'change-identifier') {
      const identifier = `${name}.${identifiers.length}`;
      const duplicated: StructureEvent = {
        type: 'StructureDuplicated',
        data: { identifier, origins: [...identifiers], by },
      };
      happened(structureStream(current), { type: 'StructureDeactivated', data: { successor: identifier } });
      happened(structureStream(identifier), duplicated);
      identifiers.push(identifier);
    }
  }
  // One commit for all of them: their order in the log is the same, and a history of a hundred events takes no seconds.
  await store.transaction(async (tx) => {
    for (const append of appends)
      await store.appendMany([append], { commandId: randomUUID(), correlationId: 'test', actor: 'test' }, { tx });
  });
  return { identifiers, log };
}
