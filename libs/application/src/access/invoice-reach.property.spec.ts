import { judgeAccess, type Action, type MembershipEvent, type SpaceCode } from '#domain';
import type { EventStore } from '#events';
import {
  directoryProjection,
  peopleProjection,
  PersonalDataCipher,
  PersonalDataVault,
  rightsProjection,
  type InvoiceSide,
} from '#persistence';
import fc from 'fast-check';
import { machineOf } from '../../../../test/support/callers.js';
import { project } from '../../../../test/support/read-models.js';
import {
  ACCOUNTS,
  recordRights,
  rightsHistory,
  SERVICES,
  type Happening,
} from '../../../../test/support/rights-histories.js';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { Decisions } from '../decisions/decisions.js';
import { actorOf, type Caller } from './caller.js';
import { invoiceReachOf, justiceFeeReachOf, type LimitedReach } from './invoice-reach.js';

const SPACES: readonly SpaceCode[] = ['ISSUED_INVOICES', 'RECEIVED_INVOICES', 'INVOICES_TO_VALIDATE', 'JUSTICE_FEES'];

/** By which action the policy is asked about an invoice, for each hand that a structure has in it. */
const ACTION_OF: Readonly<Record<InvoiceSide, Action>> = {
  issuer: 'invoice.read-issued',
  sender: 'invoice.read-issued',
  recipient: 'invoice.read-received',
  validator: 'invoice.read-to-validate',
};
const SIDES = Object.keys(ACTION_OF) as readonly InvoiceSide[];

/** What gives somebody something to see, after whatever happened: most histories leave nobody with any right. */
const given: fc.Arbitrary<Happening> = fc
  .record({
    account: fc.constantFrom(...ACCOUNTS),
    space: fc.constantFrom(...SPACES),
    service: fc.constantFrom(...SERVICES),
    kind: fc.constantFrom('UserAttached' as const, 'SpaceOpened' as const, 'SpaceSubscribed' as const),
  })
  .map(({ account, space, service, kind }) => {
    const [by] = ACCOUNTS;
    if (kind === 'SpaceOpened') return { kind: 'structure', event: { type: kind, data: { space, service, by } } };
    const event = (structure: string): MembershipEvent => {
      const key = { structure, account, by };
      if (kind === 'UserAttached') return { type: kind, data: key };
      return { type: kind, data: { ...key, space, service, right: 'consultation' } };
    };
    return { kind: 'member', account, event };
  });
const history = fc
  .tuple(rightsHistory(SPACES), fc.array(given, { minLength: 25, maxLength: 40 }))
  .map((parts) => parts.flat());

/** Whether a list or a feed holds an invoice of a party's, by one of its hands. */
function isReached({ places }: LimitedReach, { party, side, service }: LimitedReach['places'][number]): boolean {
  return places.some(
    (place) => place.party === party && place.side === side && (place.service === null || place.service === service),
  );
}

describe('what somebody may see of invoices', () => {
  let own: OwnStore;
  let store: EventStore;
  let decisions: Decisions;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
    decisions = new Decisions(store, new PersonalDataVault(store.pool, new PersonalDataCipher('k'.repeat(40))));
  });

  afterAll(() => own.close());

  it('R09 R16 is in lists and feeds what the policy says of each invoice, whatever happened to rights', async () => {
    const seen = new Set<string>();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(history, async (happenings) => {
        runs += 1;
        const { identifiers } = await recordRights(store, `S${runs}`, happenings);
        await project(store, [directoryProjection, peopleProjection, rightsProjection]);
        const people = ACCOUNTS.map((account): Caller => ({ kind: 'person', account }));
        for (const caller of [...people, ...identifiers.map(machineOf)]) {
          const who = actorOf(caller);
          const reach = await invoiceReachOf(store.pool, caller);
          const fees = await justiceFeeReachOf(store.pool, caller);
          if (reach.everything || fees.everything) throw new Error('Only operators see everything');
          for (const party of identifiers) {
            const standing = await decisions.look(caller, (session) => session.standing(party));
            for (const side of SIDES)
              // What was issued or is to be validated is of no service of that structure.
              for (const service of side === 'recipient' ? SERVICES : [null]) {
                const isAllowed = judgeAccess(ACTION_OF[side], standing, service) === 'allowed';
                const isFeeAllowed = judgeAccess('justice-fee.read', standing, service) === 'allowed';
                expect({ party, who, side, service, sees: isReached(reach, { party, side, service }) }).toEqual({
                  ...{ party, who, side, service },
                  sees: isAllowed,
                });
                if (side !== 'validator') expect(isReached(fees, { party, side, service })).toBe(isFeeAllowed);
                if (isFeeAllowed) seen.add(`${caller.kind} fees`);
                if (isAllowed)
                  seen.add(`${caller.kind} ${side} ${service} ${party.endsWith('.0') ? 'first' : 'later'}`);
                if (isAllowed && caller.kind === 'connection' && caller.connection.structure !== party)
                  seen.add('what came before');
              }
          }
        }
      }),
      { numRuns: 15 },
    );
    // Every hand and every service was reached, before and after a change of SIRET: it compared something.
    expect(seen.size).toBe(2 * ((SIDES.length - 1 + SERVICES.length) * 2 + 1) + 1);
  });
});
