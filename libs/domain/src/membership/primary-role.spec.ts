import type { Refused } from '../shared/decision.js';
import type { StructureEvent } from '../structure/structure-events.js';
import type { SupportRequest } from '../support-request/support-request.js';
import {
  PRIMARY,
  USER,
  accountOf,
  localAuthority,
  membershipOf,
  registered,
  structureOf,
  succeeded,
} from '../testing/people.js';
import type { MembershipEvent } from './membership-events.js';
import { noMembership, type Membership } from './membership.js';
import {
  namePrimaryManager,
  transferPrimaryRole,
  type FormerBecomes,
  type MovedRole,
  type MoveOfRole,
  type Somebody,
} from './primary-role.js';
import type { RoleRequest } from './role-request.js';

const structure = registered.data.identifier;
const keyOf = (account: string) => ({ structure, account });
const dataOf = (account: string) => ({ ...keyOf(account), by: PRIMARY });
const attached: MembershipEvent = { type: 'UserAttached', data: dataOf(USER) };
const appointed: MembershipEvent = { type: 'SecondaryManagerAppointed', data: dataOf(USER) };
const deactivated: MembershipEvent = { type: 'AuthorisationDeactivated', data: dataOf(USER) };
const somebody = (account: string, membership: Membership, rest = {}): Somebody => ({
  key: keyOf(account),
  membership,
  account: accountOf(account, rest),
});
const former = somebody(PRIMARY, membershipOf({ type: 'UserAttached', data: dataOf(PRIMARY) }));
const move = (rest: Partial<MoveOfRole> = {}): MoveOfRole => ({
  structure: structureOf(registered),
  target: somebody(USER, membershipOf(attached)),
  former,
  formerBecomes: 'simple',
  by: PRIMARY,
  ...rest,
});
const named = (formerBecomes: FormerBecomes, supportRequest: string | null = null, by = PRIMARY): StructureEvent => ({
  type: 'PrimaryManagerNamed',
  data: { account: USER, former: PRIMARY, formerBecomes, by, supportRequest },
});

function eventsOf(outcome: MovedRole | Refused) {
  if (!outcome.accepted) throw new Error(outcome.code);
  return { structure: outcome.structure.events, target: outcome.target.events, former: outcome.former.events };
}

function expectRefused(outcome: MovedRole | Refused, code: string): void {
  expect(outcome).toEqual({ accepted: false, code, message: expect.stringMatching(/\.$/) as string });
}

describe('transferPrimaryRole', () => {
  it('R06 moves the role in one step; the former primary manager becomes a simple user', () => {
    expect(eventsOf(transferPrimaryRole(move()))).toEqual({ structure: [named('simple')], target: [], former: [] });
  });

  it('R06 or a secondary manager, as the command says', () => {
    expect(eventsOf(transferPrimaryRole(move({ formerBecomes: 'secondary' })))).toEqual({
      structure: [named('secondary')],
      target: [],
      former: [{ type: 'SecondaryManagerAppointed', data: dataOf(PRIMARY) }],
    });
  });

  it('R06 attaches the target on the way, and validates a request that waits', () => {
    const target = somebody(USER, noMembership);
    expect(eventsOf(transferPrimaryRole(move({ target }))).target).toEqual([attached]);
    const asking = somebody(USER, membershipOf({ type: 'AttachmentRequested', data: keyOf(USER) }));
    expect(eventsOf(transferPrimaryRole(move({ target: asking }))).target).toEqual([
      { type: 'AttachmentValidated', data: dataOf(USER) },
    ]);
  });

  it('R03 a secondary manager who becomes the primary one is no secondary one any more', () => {
    const target = somebody(USER, membershipOf(attached, appointed));
    expect(eventsOf(transferPrimaryRole(move({ target }))).target).toEqual([
      { type: 'SecondaryManagerDismissed', data: dataOf(USER) },
    ]);
  });

  it('R06 ROL-001 refuses the primary manager of now', () =>
    expectRefused(transferPrimaryRole(move({ target: former })), 'ROL-001'));

  it('R06 ROL-003 the target must have an active account', () => {
    for (const status of ['pending', 'deactivated'] as const)
      expectRefused(transferPrimaryRole(move({ target: somebody(USER, noMembership, { status }) })), 'ROL-003');
  });

  it('R06 ROL-002 and an account of the PIGP on a public structure outside the State', () => {
    const there = { structure: structureOf(localAuthority) };
    expectRefused(transferPrimaryRole(move(there)), 'ROL-002');
    const target = somebody(USER, membershipOf(attached), { pigp: true });
    expect(eventsOf(transferPrimaryRole(move({ ...there, target }))).structure).toEqual([named('simple')]);
  });

  it('R06 ROL-005 refuses a target whose authorisations are deactivated', () => {
    const target = somebody(USER, membershipOf(attached, deactivated));
    expectRefused(transferPrimaryRole(move({ target })), 'ROL-005');
  });

  it('R06 ROL-006 the former one stays manager only if fit to', () => {
    const target = somebody(USER, membershipOf(attached), { pigp: true });
    const there = { structure: structureOf(localAuthority), target };
    expectRefused(transferPrimaryRole(move({ ...there, formerBecomes: 'secondary' })), 'ROL-006');
    expect(eventsOf(transferPrimaryRole(move({ ...there, formerBecomes: 'simple' }))).former).toEqual([]);
  });

  it('R16 STR-003 refuses on a structure that was replaced', () =>
    expectRefused(transferPrimaryRole(move({ structure: structureOf(registered, succeeded) })), 'STR-003'));
});

describe('namePrimaryManager', () => {
  const id = 'b0000000-0000-4000-8000-000000000000';
  const open: Exclude<SupportRequest, { status: 'none' }> = {
    status: 'open',
    request: id,
    author: USER,
    structure,
    recipient: { kind: 'support' },
    category: 'STRUCTURES_AND_USERS',
    subcategory: 'USER_RIGHTS',
    assignee: null,
    administrativeCertificate: true,
    outcome: null,
  };
  const request = (rest: Partial<typeof open> = {}, author: Membership = membershipOf(attached)) => ({
    id,
    content: { request: { ...open, ...rest }, author } satisfies RoleRequest,
  });
  const bySupport = move({ by: 'operator' });

  it('R07 support names the primary manager on a support request of the structure', () => {
    expect(eventsOf(namePrimaryManager(bySupport, request())).structure).toEqual([named('simple', id, 'operator')]);
  });

  it('R07 somebody who waits for attachment may have asked: there may be nobody else left', () => {
    const waiting = membershipOf({ type: 'AttachmentRequested', data: keyOf(USER) });
    expect(eventsOf(namePrimaryManager(bySupport, request({}, waiting))).structure).toHaveLength(1);
  });

  it('R07 R16 a request made under the SIRET of before counts', () => {
    const now = structureOf(registered, {
      type: 'StructureDuplicated',
      data: { identifier: '55208131700018', origins: [structure], by: PRIMARY },
    });
    expect(eventsOf(namePrimaryManager({ ...bySupport, structure: now }, request())).structure).toHaveLength(1);
  });

  it('R07 a structure of the directory gets its first primary manager without one', () => {
    const directory = structureOf({ ...registered, data: { ...registered.data, primaryManager: null } });
    const outcome = namePrimaryManager({ ...bySupport, structure: directory, former: null }, null);
    expect(eventsOf(outcome)).toEqual({
      structure: [
        {
          type: 'PrimaryManagerNamed',
          data: { account: USER, former: null, formerBecomes: null, by: 'operator', supportRequest: null },
        },
      ],
      target: [],
      former: [],
    });
  });

  it.each<[string, { id: string; content: RoleRequest } | null]>([
    ['there is none', null],
    ['it does not exist', { id, content: { request: { status: 'none' }, author: noMembership } }],
    ['it is closed', request({ status: 'closed' })],
    ['it is of another structure', request({ structure: '11000201100044' })],
    ['its author is not of that structure', request({}, noMembership)],
    ['its author was deactivated there', request({}, membershipOf(attached, deactivated))],
    ['it is for the managers, not for support', request({ recipient: { kind: 'structure', structure } })],
    ['it is of another category', request({ category: 'INVOICES' })],
    ['it is of another sub-category', request({ subcategory: 'ACCOUNT' })],
    ['it carries no administrative certificate', request({ administrativeCertificate: false })],
  ])('R07 ROL-007 support does not move the role where %s', (_, asked) =>
    expectRefused(namePrimaryManager(bySupport, asked), 'ROL-007'),
  );

  it('R07 ROL-003 ROL-002 the target is held to what a transfer asks', () => {
    const target = somebody(USER, noMembership, { status: 'pending' });
    expectRefused(namePrimaryManager({ ...bySupport, target }, request()), 'ROL-003');
    expectRefused(namePrimaryManager({ ...bySupport, structure: structureOf(localAuthority) }, request()), 'ROL-002');
  });

  it('R16 STR-003 refuses on a structure that was replaced', () =>
    expectRefused(
      namePrimaryManager({ ...bySupport, structure: structureOf(registered, succeeded) }, request()),
      'STR-003',
    ));
});
