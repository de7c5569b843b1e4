import { noMembership } from '../membership/membership.js';
import type { MembershipEvent } from '../membership/membership-events.js';
import { evolveMembership } from '../membership/membership.js';
import type { SpaceCode, SpaceRight } from '../space/space-catalogue.js';
import type { StructureEvent } from '../structure/structure-events.js';
import {
  appointed,
  attached,
  deactivated,
  deleted,
  dismissed,
  enabled,
  PRIMARY,
  reactivated,
  replaced,
  requested,
  SERVICE,
  spaceClosed,
  spaceOpened,
  STRUCTURE,
  structureOf,
  subscribed,
  unsubscribed,
  USER,
} from '../testing/space-events.js';
import { judgeAccess, POLICY, type Action, type Permission, type Verdict } from './policy.js';
import { personStanding, type Standing } from './standing.js';

const OPEN: readonly StructureEvent[] = (
  ['RECEIVED_INVOICES', 'INVOICES_TO_VALIDATE', 'JUSTICE_FEES', 'ENERGY_TAX_REFUNDS'] as const
).map((space) => spaceOpened(space));

/** The user's standing after these events, on a structure with these spaces open. */
function userAfter(events: readonly MembershipEvent[], spaces: readonly StructureEvent[] = OPEN): Standing {
  return personStanding(structureOf(...spaces), USER, events.reduce(evolveMembership, noMembership));
}

const STANDINGS = {
  operator: { kind: 'operator' },
  ownMachine: { kind: 'connection', own: true },
  otherMachine: { kind: 'connection', own: false },
  primary: personStanding(
    structureOf(...OPEN),
    PRIMARY,
    evolveMembership(noMembership, {
      type: 'UserAttached',
      data: { structure: STRUCTURE, account: PRIMARY, by: PRIMARY },
    }),
  ),
  secondary: userAfter([attached, appointed]),
  simple: userAfter([attached]),
  requesting: userAfter([{ type: 'AttachmentRequested', data: { structure: STRUCTURE, account: USER } }]),
  deactivated: userAfter([attached, appointed, deactivated]),
  deleted: userAfter([attached, appointed, deleted]),
  stranger: userAfter([]),
} as const satisfies Record<string, Standing>;

type StandingName = keyof typeof STANDINGS;
/** Of operator, own machine, other machine, primary, secondary and simple without subscription: allowed, forbidden, not found. */
type Row = `${Letter}${Letter}${Letter} ${Letter}${Letter}${Letter}`;
type Letter = 'A' | 'F' | 'N';
const COLUMNS: readonly StandingName[] = ['operator', 'ownMachine', 'otherMachine', 'primary', 'secondary', 'simple'];
const NOBODY: readonly StandingName[] = ['requesting', 'deactivated', 'deleted', 'stranger'];
const VERDICTS: Readonly<Record<Letter, Verdict>> = { A: 'allowed', F: 'forbidden', N: 'not-found' };

/** Every action and what it answers to whom, written out: a change of the policy must be a change here. */
const EXPECTED: Readonly<Record<Action, Row>> = {
  'structure.read': 'AFN AAA',
  'structure.export': 'AFN AAF',
  'structure.describe': 'AFN AAF',
  'structure.require': 'AFN AAF',
  'structure.exclude': 'AFN FFF',
  'structure.deactivate': 'AFN FFF',
  'structure.change-identifier': 'AFN AAF',
  'structure.bank-details': 'AFN AAF',
  'structure.subscribe-mandate': 'FFN AAF',
  'member.list': 'AFN AAF',
  'member.judge-request': 'AFN AAF',
  'member.attach': 'AFN AAF',
  'member.authorise': 'AFN AAF',
  'member.appoint': 'FFN AFF',
  'member.transfer-primary-role': 'FFN AFF',
  'member.name-primary-manager': 'AFN FFF',
  'service.manage': 'AFN AAF',
  'space.manage': 'AFN AAF',
  'space.subscribe': 'FFN AAA',
  'space.judge-subscription': 'AFN AAF',
  'rights.manage': 'AFN AAF',
  'support-request.create': 'FFN AAA',
  'support-request.follow': 'AFN AAA',
  'support-request.treat': 'AFN AAA',
  'invoice.read-issued': 'AAN FFF',
  'invoice.issue': 'FAN FFF',
  'invoice.read-received': 'AAN FFF',
  'invoice.read-to-validate': 'AAN FFF',
  'invoice.process': 'FAN FFF',
  'invoice.validate': 'FAN FFF',
  'justice-fee.read': 'AAN FFF',
  'refund-request.prepare': 'FAN FFF',
  'refund-request.follow': 'AAN FFF',
  'refund-request.treat': 'AAN FFF',
  'central-service.name': 'AFN AAF',
  'webhook.manage': 'AAN AAF',
  'reject-file.read': 'AAN AAF',
};

const actions = Object.keys(POLICY) as Action[];

describe('the policy', () => {
  it('R09 has every action in the table of its test', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual([...actions].sort());
  });

  it.each(actions.flatMap((action) => COLUMNS.map((standing, index) => [action, standing, index] as const)))(
    'R03 R09 %s by the standing %s',
    (action, standing, index) => {
      const letter = EXPECTED[action].replace(' ', '')[index] as Letter;
      expect(judgeAccess(action, STANDINGS[standing])).toBe(VERDICTS[letter]);
    },
  );

  it.each(actions.flatMap((action) => NOBODY.map((standing) => [action, standing] as const)))(
    'R05 R09 %s finds nothing for the standing %s, on a service neither',
    (action, standing) => {
      expect(judgeAccess(action, STANDINGS[standing])).toBe('not-found');
      expect(judgeAccess(action, STANDINGS[standing], SERVICE)).toBe('not-found');
    },
  );

  const bySpace = actions.flatMap((action) => {
    const { space }: Permission = POLICY[action];
    return space === undefined || ['ISSUED_SUPPORT_REQUESTS', 'RECEIVED_SUPPORT_REQUESTS'].includes(space.code)
      ? []
      : (['consultation', 'modification'] as const).map((right) => [action, space.code, right, space.right] as const);
  });

  it.each<readonly [Action, SpaceCode, SpaceRight, SpaceRight]>(bySpace)(
    'R08 R09 %s is what %s gives, in %s, where %s is needed',
    (action, space, right, needed) => {
      const expected = right === 'modification' || needed === 'consultation' ? 'allowed' : 'forbidden';
      for (const role of [[attached], [attached, appointed]])
        expect(judgeAccess(action, userAfter([...role, subscribed({ space, service: null }, right)]))).toBe(expected);
    },
  );
});

describe('the right to issue invoices', () => {
  const onStructure = { space: 'ISSUED_INVOICES', service: null } as const;
  const onService = { space: 'ISSUED_INVOICES', service: SERVICE } as const;
  const may = (events: readonly MembershipEvent[], service: string | null = null): Verdict =>
    judgeAccess('invoice.issue', userAfter([attached, ...events]), service);

  it('R09 needs "Factures émises" in modification', () => {
    expect(may([])).toBe('forbidden');
    expect(may([subscribed(onStructure, 'consultation')])).toBe('forbidden');
    expect(may([subscribed(onStructure, 'modification')])).toBe('allowed');
    expect(may([subscribed({ space: 'RECEIVED_INVOICES', service: null }, 'modification')])).toBe('forbidden');
  });

  it('R09 on the structure holds on each of its services', () => {
    expect(may([subscribed(onStructure, 'modification')], SERVICE)).toBe('allowed');
    expect(may([subscribed(onStructure, 'consultation')], SERVICE)).toBe('forbidden');
  });

  it('R09 on a service holds there alone', () => {
    const past = [enabled, subscribed(onService, 'modification')];
    expect(may(past, SERVICE)).toBe('allowed');
    expect(may(past, 'ACHATS')).toBe('forbidden');
    expect(may(past)).toBe('forbidden');
  });

  it('R09 of the two the greater counts', () => {
    expect(may([subscribed(onStructure, 'consultation'), subscribed(onService, 'modification')], SERVICE)).toBe(
      'allowed',
    );
    expect(may([subscribed(onStructure, 'modification'), subscribed(onService, 'consultation')], SERVICE)).toBe(
      'allowed',
    );
  });

  it('R08 is not there while it is asked for, nor when it was given up', () => {
    expect(may([requested(onStructure, 'modification')])).toBe('forbidden');
    expect(may([subscribed(onStructure, 'modification'), unsubscribed(onStructure)])).toBe('forbidden');
  });

  it('R05 rests while the authorisation is deactivated, and is gone with it', () => {
    const past = [subscribed(onStructure, 'modification')];
    expect(may([...past, deactivated])).toBe('not-found');
    expect(may([...past, deactivated, reactivated])).toBe('allowed');
    expect(may([...past, deleted])).toBe('not-found');
    expect(may([...past, deleted, attached])).toBe('forbidden');
  });

  it('R09 comes from no role', () => {
    expect(may([appointed])).toBe('forbidden');
    expect(judgeAccess('invoice.issue', STANDINGS.primary)).toBe('forbidden');
  });
});

describe('a managed space', () => {
  const onStructure = { space: 'RECEIVED_INVOICES', service: null } as const;
  const onService = { space: 'RECEIVED_INVOICES', service: SERVICE } as const;
  const may = (spaces: readonly StructureEvent[], service: string | null = null): Verdict =>
    judgeAccess(
      'invoice.process',
      userAfter([attached, subscribed(onStructure, 'modification'), subscribed(onService, 'modification')], spaces),
      service,
    );

  it('R08 gives no right while it is closed, and gives it back when it is opened again', () => {
    const open = spaceOpened('RECEIVED_INVOICES');
    expect(may([])).toBe('forbidden');
    expect(may([open])).toBe('allowed');
    expect(may([open, spaceClosed('RECEIVED_INVOICES')])).toBe('forbidden');
    expect(may([open, spaceClosed('RECEIVED_INVOICES'), open])).toBe('allowed');
  });

  it('R08 that is open on a service gives nothing on the structure', () => {
    const open = spaceOpened('RECEIVED_INVOICES', SERVICE);
    expect(may([open])).toBe('forbidden');
    expect(may([open], SERVICE)).toBe('allowed');
    expect(may([open], 'ACHATS')).toBe('forbidden');
  });

  it('R16 stays usable on a structure that was replaced: what it received remains to be processed', () => {
    expect(may([spaceOpened('RECEIVED_INVOICES'), replaced])).toBe('allowed');
  });
});

describe('the space of managers', () => {
  it('R08 closes for whoever ceases to be one', () => {
    const rights = (events: readonly MembershipEvent[]): Verdict => judgeAccess('rights.manage', userAfter(events));
    expect(rights([attached, appointed])).toBe('allowed');
    expect(rights([attached, appointed, dismissed])).toBe('forbidden');
  });
});
