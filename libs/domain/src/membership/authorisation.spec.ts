import { specification } from '../testing/given.js';
import { PRIMARY, SECONDARY, USER, registered, structureOf, succeeded } from '../testing/people.js';
import type { MembershipFacts } from './attachment.js';
import {
  deactivateAuthorisation,
  deleteAuthorisation,
  reactivateAuthorisation,
  type Authority,
} from './authorisation.js';
import type { MembershipEvent } from './membership-events.js';
import { evolveMembership, noMembership, type Membership } from './membership.js';

const { given } = specification<Membership, MembershipEvent>(noMembership, evolveMembership);
const key = { structure: registered.data.identifier, account: USER };
const data = { ...key, by: PRIMARY };
const attached: MembershipEvent = { type: 'UserAttached', data };
const appointed: MembershipEvent = { type: 'SecondaryManagerAppointed', data };
const deactivated: MembershipEvent = { type: 'AuthorisationDeactivated', data };
const reactivated: MembershipEvent = { type: 'AuthorisationReactivated', data };
const deleted: MembershipEvent = { type: 'AuthorisationDeleted', data };

const primary: Authority = { by: PRIMARY, role: 'primary' };
const secondary: Authority = { by: SECONDARY, role: 'secondary' };
const support: Authority = { by: 'operator', role: 'operator' };
const facts = (membership: Membership, rest: Partial<MembershipFacts> = {}): MembershipFacts => ({
  structure: structureOf(registered),
  key,
  membership,
  ...rest,
});

describe('authorisations on a structure', () => {
  it('R05 a manager deactivates, reactivates and deletes those of a user', () => {
    given(attached)
      .when((membership) => deactivateAuthorisation(facts(membership), primary))
      .then(deactivated);
    given(attached, deactivated)
      .when((membership) => reactivateAuthorisation(facts(membership), primary))
      .then(reactivated);
    given(attached, deactivated)
      .when((membership) => deleteAuthorisation(facts(membership), primary))
      .then(deleted);
  });

  it('R05 a secondary manager decides on those of simple users', () =>
    given(attached)
      .when((membership) => deactivateAuthorisation(facts(membership), secondary))
      .then({ type: 'AuthorisationDeactivated', data: { ...key, by: SECONDARY } }));

  it('R05 records nothing when it is already so', () => {
    given(attached, deactivated)
      .when((membership) => deactivateAuthorisation(facts(membership), primary))
      .then();
    given(attached)
      .when((membership) => reactivateAuthorisation(facts(membership), primary))
      .then();
  });

  it('R03 who is reactivated has the role of before', () => {
    const membership = [attached, appointed, deactivated, reactivated].reduce(evolveMembership, noMembership);
    expect(membership).toMatchObject({ status: 'attached', secondaryManager: true });
  });

  it('R05 nothing is left of what was deleted', () => {
    expect([attached, appointed, deleted].reduce(evolveMembership, noMembership)).toEqual(noMembership);
  });

  it('R05 everyone but the primary manager leaves a structure as they like', () => {
    given(attached)
      .when((membership) => deleteAuthorisation(facts(membership), { by: USER, role: 'simple' }))
      .then({ type: 'AuthorisationDeleted', data: { ...key, by: USER } });
    given(attached, appointed)
      .when((membership) => deleteAuthorisation(facts(membership), { by: USER, role: 'secondary' }))
      .then({ type: 'AuthorisationDeleted', data: { ...key, by: USER } });
  });

  const deciders = { deactivateAuthorisation, reactivateAuthorisation, deleteAuthorisation };

  describe.each(Object.entries(deciders))('%s', (_, decide) => {
    it.each<[string, MembershipEvent[]]>([
      ['never was attached', []],
      ['waits for attachment', [{ type: 'AttachmentRequested', data: key }]],
      ['was deleted', [attached, deleted]],
    ])('R05 RAT-008 refuses for somebody who %s', (_case, past) =>
      given(...past)
        .when((membership) => decide(facts(membership), primary))
        .refused('RAT-008'),
    );

    it.each([primary, support])('R03 RAT-009 never touches the primary manager, whoever asks', (authority) =>
      given(attached)
        .when((membership) => decide(facts(membership, { key: { ...key, account: PRIMARY } }), authority))
        .refused('RAT-009'),
    );

    it('R03 RAT-010 refuses a secondary manager what concerns another', () =>
      given(attached, appointed)
        .when((membership) => decide(facts(membership), secondary))
        .refused('RAT-010'));

    it.each([primary, support])('R03 the primary manager and the support decide on secondary ones', (authority) => {
      const membership = [attached, appointed].reduce(evolveMembership, noMembership);
      expect(decide(facts(membership), authority)).toMatchObject({ accepted: true });
    });

    it('R16 STR-003 refuses on a structure that was replaced', () =>
      given(attached)
        .when((membership) => decide(facts(membership, { structure: structureOf(registered, succeeded) }), primary))
        .refused('STR-003'));
  });
});
