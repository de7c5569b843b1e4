import fc from 'fast-check';
import { judgeAccess } from '../access/policy.js';
import { personStanding, rightIn, type Standing } from '../access/standing.js';
import { evolveMembership, noMembership, type Membership } from '../membership/membership.js';
import type { MembershipEvent } from '../membership/membership-events.js';
import { disableServiceUser, enableServiceUser } from '../service/service-users.js';
import { serviceDeactivated, serviceOf, STRUCTURE, structureOf } from '../testing/space-events.js';
import type { Decision } from '../shared/decision.js';
import type { StructureEvent } from '../structure/structure-events.js';
import { evolveStructure, type Structure } from '../structure/structure.js';
import { giveAtLeast, giveSubscription } from './give-rights.js';
import { refuseSubscription, validateSubscription } from './judge-subscription.js';
import { SPACES, type SpaceCode, type SpaceRight } from './space-catalogue.js';
import { closeSpace, openSpace } from './space-opening.js';
import { subscribe, unsubscribe } from './subscribe.js';

const PEOPLE = ['a', 'b'] as const;
const MANAGED: readonly SpaceCode[] = ['RECEIVED_INVOICES', 'WORKS_INVOICES'];
const ALL: readonly SpaceCode[] = [...MANAGED, 'ISSUED_INVOICES'];
const PLACES = [null, 'X', 'Y'] as const;
type Person = (typeof PEOPLE)[number];
type Place = (typeof PLACES)[number];

const step = fc.record({
  command: fc.constantFrom(
    'open',
    'close',
    'subscribe',
    'validate',
    'refuse',
    'unsubscribe',
    'give',
    'duplicate',
    'enable',
    'disable',
    'deactivate-service',
    'reactivate-service',
    'appoint',
    'dismiss',
    'deactivate',
    'reactivate',
    'delete',
    'attach',
    // More often what gives, so that sequences get somewhere.
    'open',
    'enable',
    'give',
    'give',
    'subscribe',
    'attach',
  ),
  person: fc.constantFrom<Person>(...PEOPLE),
  space: fc.constantFrom<SpaceCode>(...ALL),
  place: fc.constantFrom<Place>(...PLACES),
  right: fc.constantFrom<SpaceRight>('consultation', 'modification'),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What a person has, in the plainest way that it can be written down. */
interface Holder {
  attached: boolean;
  active: boolean;
  manager: boolean;
  readonly enabled: Set<string>;
  readonly has: Map<string, SpaceRight>;
  readonly asks: Map<string, SpaceRight>;
}
const nobody = (): Holder => ({
  attached: false,
  active: false,
  manager: false,
  enabled: new Set(),
  has: new Map(),
  asks: new Map(),
});

/** The reference: tables of who has what, and the rules of R05, R08 and R11 as they are told, without events. */
class Reference {
  readonly open = new Set<string>(['RECEIVED_INVOICES/']);
  readonly inactive = new Set<string>();
  readonly people = new Map<Person, Holder>(PEOPLE.map((person) => [person, nobody()]));

  run({ command, person, space, place, right }: Step): void {
    const holder = this.of(person);
    const at = `${space}/${place ?? ''}`;
    const isManaged = SPACES[space].access === 'managed';
    const serviceWorks = place === null || !this.inactive.has(place);
    const inPerimeter = holder.manager || place === null || holder.enabled.has(place);
    const fit = holder.active && serviceWorks && inPerimeter && (!isManaged || this.open.has(at));
    const now = holder.has.get(at);
    if (command === 'open' && isManaged && serviceWorks) this.open.add(at);
    if (command === 'close' && isManaged) this.open.delete(at);
    if (command === 'subscribe' && fit && now !== right) {
      if (!isManaged || holder.manager || now === 'modification') this.grant(holder, at, right);
      else if (!holder.asks.has(at)) holder.asks.set(at, right);
    }
    const asked = holder.asks.get(at);
    if (command === 'validate' && fit && asked !== undefined) this.grant(holder, at, asked);
    if (command === 'refuse') holder.asks.delete(at);
    if (command === 'unsubscribe') {
      holder.has.delete(at);
      holder.asks.delete(at);
    }
    if (command === 'give' && fit && now !== right) this.grant(holder, at, right);
    if (command === 'duplicate' && fit && now === undefined) {
      const theirs = this.of(person === 'a' ? 'b' : 'a').has.get(at);
      if (theirs !== undefined) this.grant(holder, at, theirs);
    }
    if (command === 'duplicate' && fit && now === 'consultation')
      if (this.of(person === 'a' ? 'b' : 'a').has.get(at) === 'modification') this.grant(holder, at, 'modification');
    if (place !== null) {
      if (command === 'enable' && holder.active && serviceWorks) holder.enabled.add(place);
      if (command === 'disable' && holder.enabled.delete(place))
        for (const table of [holder.has, holder.asks])
          for (const key of [...table.keys()]) if (key.endsWith(`/${place}`)) table.delete(key);
      if (command === 'deactivate-service') this.inactive.add(place);
      if (command === 'reactivate-service') this.inactive.delete(place);
    }
    if (command === 'appoint' && holder.active) holder.manager = true;
    if (command === 'dismiss') holder.manager = false;
    if (command === 'deactivate') holder.active = false;
    if (command === 'reactivate') holder.active = holder.attached;
    if (command === 'delete') this.people.set(person, nobody());
    if (command === 'attach' && !holder.attached) Object.assign(holder, { attached: true, active: true });
  }

  right(person: Person, space: SpaceCode, place: Place): SpaceRight | null {
    const holder = this.of(person);
    if (!holder.active) return null;
    const counts = (place === null ? [''] : ['', place])
      .map((service) => `${space}/${service}`)
      .filter((at) => SPACES[space].access === 'free' || this.open.has(at))
      .map((at) => holder.has.get(at));
    return counts.includes('modification') ? 'modification' : (counts.find((one) => one !== undefined) ?? null);
  }

  private of(person: Person): Holder {
    return this.people.get(person) ?? nobody();
  }

  private grant(holder: Holder, at: string, right: SpaceRight): void {
    holder.has.set(at, right);
    holder.asks.delete(at);
  }
}

/** The deciders under test, on the streams that they write. */
class System {
  structure: Structure = structureOf({
    type: 'SpaceOpened',
    data: { space: 'RECEIVED_INVOICES', service: null, by: 'm' },
  });
  readonly inactive = new Set<string>();
  readonly memberships = new Map<Person, Membership>(PEOPLE.map((person) => [person, noMembership]));

  run({ command, person, space, place, right }: Step): void {
    const { structure } = this;
    const member = { structure: STRUCTURE, account: person };
    const data = { ...member, by: 'm' };
    const membership = this.of(person);
    const key = { space, service: place };
    const service = place === null ? null : this.inactive.has(place) ? serviceOf(serviceDeactivated) : serviceOf();
    const at = { structure, service };
    const judging = { by: 'm', earlierJudge: null };
    const theirs = this.of(person === 'a' ? 'b' : 'a').subscriptions.find(
      (one) => one.status === 'active' && one.space === space && one.service === place,
    );
    const record = (decision: Decision<MembershipEvent>): void => {
      if (decision.accepted) this.memberships.set(person, decision.events.reduce(evolveMembership, membership));
    };
    const happens = (event: MembershipEvent): void => record({ accepted: true, events: [event] });
    const onStructure = (decision: Decision<StructureEvent>): void => {
      if (decision.accepted) this.structure = decision.events.reduce(evolveStructure, structure);
    };
    if (command === 'open') onStructure(openSpace(at, key, 'm'));
    if (command === 'close') onStructure(closeSpace(structure, key, 'm'));
    if (command === 'subscribe') record(subscribe(at, membership, member, { ...key, right }));
    if (command === 'validate') record(validateSubscription(at, membership, member, key, judging));
    if (command === 'refuse') record(refuseSubscription(structure, membership, member, key, judging, null));
    if (command === 'unsubscribe') record(unsubscribe(structure, membership, member, key, 'm'));
    if (command === 'give') record(giveSubscription(at, membership, member, { ...key, right }, 'm'));
    if (command === 'duplicate' && theirs !== undefined)
      record(giveAtLeast(at, membership, member, { ...key, right: theirs.right }, 'm'));
    if (place !== null && service !== null) {
      if (command === 'enable') record(enableServiceUser({ structure, service }, membership, member, place, 'm'));
      if (command === 'disable') record(disableServiceUser(structure, membership, member, place, 'm'));
      if (command === 'deactivate-service') this.inactive.add(place);
      if (command === 'reactivate-service') this.inactive.delete(place);
    }
    const isAttached = membership.status !== 'none';
    if (command === 'appoint' && membership.status === 'attached') happens({ type: 'SecondaryManagerAppointed', data });
    if (command === 'dismiss' && isAttached) happens({ type: 'SecondaryManagerDismissed', data });
    if (command === 'deactivate' && isAttached) happens({ type: 'AuthorisationDeactivated', data });
    if (command === 'reactivate' && isAttached) happens({ type: 'AuthorisationReactivated', data });
    if (command === 'delete' && isAttached) happens({ type: 'AuthorisationDeleted', data });
    if (command === 'attach' && !isAttached) happens({ type: 'UserAttached', data });
  }

  standing(person: Person): Extract<Standing, { kind: 'person' }> {
    const standing = personStanding(this.structure, person, this.of(person));
    if (standing.kind !== 'person') throw new Error('A person stands as a person');
    return standing;
  }

  private of(person: Person): Membership {
    return this.memberships.get(person) ?? noMembership;
  }
}

describe('rights after any sequence of commands', () => {
  it('R05 R08 R09 R11 are those of the reference, in every space, at every place, after every step', () => {
    const seen = new Set<string>();
    const setUp: Step[] = PEOPLE.map((person) => ({
      command: 'attach',
      person,
      space: 'WORKS_INVOICES',
      place: null,
      right: 'consultation',
    }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 80 }), (steps) => {
        const system = new System();
        const reference = new Reference();
        for (const one of [...setUp, ...steps]) {
          system.run(one);
          reference.run(one);
          const places = PEOPLE.flatMap((person) =>
            ALL.flatMap((space) => PLACES.map((place) => ({ person, space, place }))),
          );
          const lines = (right: (at: (typeof places)[number]) => SpaceRight | null): string =>
            places.map((at) => `${at.space} ${at.place ?? '-'} ${right(at) ?? 'none'}`).join('\n');
          const rights = lines(({ person, space, place }) => rightIn(system.standing(person), space, place));
          if (rights !== lines(({ person, space, place }) => reference.right(person, space, place)))
            throw new Error(`After ${one.command} the rights are\n${rights}`);
          for (const line of rights.split('\n')) if (!line.endsWith('none')) seen.add(line);
          const mayIssue = reference.right(one.person, 'ISSUED_INVOICES', one.place) === 'modification';
          if ((judgeAccess('invoice.issue', system.standing(one.person), one.place) === 'allowed') !== mayIssue)
            throw new Error(`After ${one.command} ${one.person} may issue: not as the reference says`);
        }
      }),
      { numRuns: 300 },
    );
    // The sequences reached every right at every kind of place: the comparison was not of nothing with nothing.
    expect(seen.size).toBe(ALL.length * PLACES.length * 2);
  });
});
