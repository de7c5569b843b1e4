import { specification } from '../testing/given.js';
import { PRIMARY, SECONDARY, USER, accountOf, registered, structureOf, succeeded } from '../testing/people.js';
import {
  attachUser,
  refuseAttachment,
  requestAttachment,
  validateAttachment,
  type FactsOfPerson,
} from './attachment.js';
import type { MembershipEvent } from './membership-events.js';
import { evolveMembership, noMembership, type Membership } from './membership.js';

const { given } = specification<Membership, MembershipEvent>(noMembership, evolveMembership);
const key = { structure: registered.data.identifier, account: USER };
const requested: MembershipEvent = { type: 'AttachmentRequested', data: key };
const validated: MembershipEvent = { type: 'AttachmentValidated', data: { ...key, by: PRIMARY } };
const refused: MembershipEvent = { type: 'AttachmentRefused', data: { ...key, by: PRIMARY, reason: 'Inconnu' } };
const attached: MembershipEvent = { type: 'UserAttached', data: { ...key, by: PRIMARY } };
const deactivated: MembershipEvent = { type: 'AuthorisationDeactivated', data: { ...key, by: PRIMARY } };
const deleted: MembershipEvent = { type: 'AuthorisationDeleted', data: { ...key, by: PRIMARY } };

const facts = (membership: Membership, rest: Partial<FactsOfPerson> = {}): FactsOfPerson => ({
  structure: structureOf(registered),
  account: accountOf(USER),
  key,
  membership,
  ...rest,
});
const judging = { by: PRIMARY, earlierJudge: null };
const replaced = { structure: structureOf(registered, succeeded) };
const pending = { account: accountOf(USER, { status: 'pending' }) };

describe('requestAttachment', () => {
  const ask = (rest: Partial<FactsOfPerson> = {}) => ({
    when: (membership: Membership) => requestAttachment(facts(membership, rest)),
  });

  it.each<[string, MembershipEvent[]]>([
    ['who never asked', []],
    ['who was refused', [requested, refused]],
    ['whose authorisations were deleted', [attached, deleted]],
  ])('R04 somebody asks %s', (_, past) =>
    given(...past)
      .when(ask().when)
      .then(requested),
  );

  it('R04 RAT-001 a second pending request is refused', () => given(requested).when(ask().when).refused('RAT-001'));
  it('R04 RAT-002 who is attached asks for nothing', () => given(attached).when(ask().when).refused('RAT-002'));
  it('R04 RAT-003 who was deactivated asks a manager', () =>
    given(attached, deactivated).when(ask().when).refused('RAT-003'));
  it('R04 RAT-007 an account that is not active asks for nothing', () =>
    given().when(ask(pending).when).refused('RAT-007'));

  it('R04 STR-003 a structure that was replaced names its successor', () => {
    given().when(ask(replaced).when).refused('STR-003');
    expect(requestAttachment(facts(noMembership, replaced))).toMatchObject({
      message: expect.stringContaining('55208131766530') as string,
    });
  });

  it('R04 STR-003 there is no asking where there is no structure', () =>
    given()
      .when(ask({ structure: { status: 'none' } }).when)
      .refused('STR-003'));
});

describe('validateAttachment and refuseAttachment', () => {
  it('R04 a manager validates a request', () =>
    given(requested)
      .when((membership) => validateAttachment(facts(membership), judging))
      .then(validated));

  it('R04 a manager refuses a request, for a reason or none', () => {
    given(requested)
      .when((membership) => refuseAttachment(facts(membership), judging, 'Inconnu'))
      .then(refused);
    given(requested)
      .when((membership) => refuseAttachment(facts(membership), judging, null))
      .then({ type: 'AttachmentRefused', data: { ...key, by: PRIMARY, reason: null } });
  });

  it('R04 a request of an account that is deactivated meanwhile can be refused, and RAT-007 not validated', () => {
    given(requested)
      .when((membership) => refuseAttachment(facts(membership, pending), judging, 'Inconnu'))
      .then(refused);
    given(requested)
      .when((membership) => validateAttachment(facts(membership, pending), judging))
      .refused('RAT-007');
  });

  const judges = {
    validateAttachment: (membership: Membership, rest: Partial<FactsOfPerson> = {}, by = PRIMARY) =>
      validateAttachment(facts(membership, rest), { by, earlierJudge: 'Anne Durand' }),
    refuseAttachment: (membership: Membership, rest: Partial<FactsOfPerson> = {}, by = PRIMARY) =>
      refuseAttachment(facts(membership, rest), { by, earlierJudge: 'Anne Durand' }, null),
  };

  describe.each(Object.entries(judges))('%s', (_, judge) => {
    it('R04 RAT-005 nobody judges a request of their own', () =>
      given(requested)
        .when((membership) => judge(membership, {}, USER))
        .refused('RAT-005'));

    it.each<[string, MembershipEvent, string]>([
      ['validated', validated, 'déjà été validée par Anne Durand'],
      ['refused', refused, 'déjà été refusée par Anne Durand'],
    ])('R04 RAT-004 tells who %s it before', (_outcome, judgement, told) => {
      given(requested, judgement)
        .when((membership) => judge(membership))
        .refused('RAT-004');
      const membership = [requested, judgement].reduce(evolveMembership, noMembership);
      expect(judge(membership)).toMatchObject({ message: expect.stringContaining(told) as string });
    });

    it.each<[string, MembershipEvent[]]>([
      ['nothing was asked', []],
      ['the user was attached without asking', [attached]],
      ['the attachment has ended since', [requested, validated, deleted]],
    ])('R04 RAT-006 there is nothing to judge where %s', (_case, past) =>
      given(...past)
        .when((membership) => judge(membership))
        .refused('RAT-006'),
    );

    it('R16 STR-003 nothing is judged on a structure that was replaced', () =>
      given(requested)
        .when((membership) => judge(membership, replaced))
        .refused('STR-003'));
  });

  it('R04 a new request is judged anew', () =>
    given(requested, refused, requested)
      .when((membership) => validateAttachment(facts(membership), judging))
      .then(validated));

  it('R04 tells of a manager where the judge has no name any more', () => {
    const membership = [requested, validated].reduce(evolveMembership, noMembership);
    expect(validateAttachment(facts(membership), { by: SECONDARY, earlierJudge: null })).toMatchObject({
      message: 'La demande de rattachement a déjà été validée par un gestionnaire.',
    });
  });
});

describe('attachUser', () => {
  const attach = (rest: Partial<FactsOfPerson> = {}, by = PRIMARY) => ({
    when: (membership: Membership) => attachUser(facts(membership, rest), by),
  });

  it('R05 a manager attaches a user without a request', () => given().when(attach().when).then(attached));
  it('R05 a request that waits is validated by it', () => given(requested).when(attach().when).then(validated));
  it('R04 RAT-005 nobody attaches themselves', () => given(requested).when(attach({}, USER).when).refused('RAT-005'));
  it('R05 RAT-002 refuses who is attached', () => given(attached).when(attach().when).refused('RAT-002'));
  it('R05 RAT-003 who was deactivated is to be reactivated', () =>
    given(attached, deactivated).when(attach().when).refused('RAT-003'));
  it('R05 RAT-007 refuses an account that is not active', () => given().when(attach(pending).when).refused('RAT-007'));
  it('R16 STR-003 refuses a structure that was replaced', () => given().when(attach(replaced).when).refused('STR-003'));
});
