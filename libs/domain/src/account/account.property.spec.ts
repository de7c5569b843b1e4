import fc from 'fast-check';
import type { Decision } from '../shared/decision.js';
import type { AccountEvent } from './account-events.js';
import { evolveAccount, noAccount, type Account } from './account.js';
import { activateAccount, requestActivation } from './activation.js';
import { createAccount } from './create-account.js';
import { changeContactAddress, chooseNotifications } from './own-settings.js';
import { changePassword, requestPasswordReset, resetPassword } from './passwords.js';
import { deactivateAccount, linkPigpAccount, reactivateAccount, unlinkPigpAccount } from './upkeep.js';

const account = '11111111-1111-4111-8111-111111111111';
const password = 'trois chevaux sur le toit';
const login = 'claire@mairie.example';
const wanted = { account, login, contactAddress: null, firstName: 'Claire', lastName: 'Martin', password };

/** The least that is true of an account: what a person would write down to follow it. */
interface Model {
  exists: boolean;
  proven: boolean;
  closed: boolean;
  contact: string;
  notifications: boolean;
  pigp: boolean;
}

/** What can be asked of an account, and what it does to the model; null when it is refused. */
interface Step {
  readonly name: string;
  readonly decide: (state: Account) => Decision<AccountEvent>;
  readonly expected: (model: Model) => Partial<Model> | null;
}

const open = ({ exists, closed }: Model): boolean => exists && !closed;
const active = (model: Model): boolean => open(model) && model.proven;

const fixed: readonly Step[] = [
  { name: 'create', decide: (state) => createAccount(state, wanted), expected: () => ({ exists: true }) },
  { name: 'activate', decide: activateAccount, expected: (model) => (open(model) ? { proven: true } : null) },
  { name: 'ask for the link', decide: requestActivation, expected: () => ({}) },
  { name: 'forget the password', decide: requestPasswordReset, expected: () => ({}) },
  {
    name: 'reset the password',
    decide: (state) => resetPassword(state, password),
    expected: (model) => (open(model) ? { proven: true } : null),
  },
  {
    name: 'change the password',
    decide: (state) => changePassword(state, password),
    expected: (model) => (active(model) ? {} : null),
  },
  { name: 'PIGP there', decide: linkPigpAccount, expected: ({ exists }) => (exists ? { pigp: true } : null) },
  { name: 'PIGP gone', decide: unlinkPigpAccount, expected: ({ exists }) => (exists ? { pigp: false } : null) },
  { name: 'deactivate', decide: deactivateAccount, expected: ({ exists }) => (exists ? { closed: true } : null) },
  { name: 'reactivate', decide: reactivateAccount, expected: ({ exists }) => (exists ? { closed: false } : null) },
];

const steps = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...fixed) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('a@b.example', 'c@d.example').map((contact): Step => ({
      name: `contact ${contact}`,
      decide: (state) => changeContactAddress(state, contact),
      expected: (model) => (active(model) ? { contact } : null),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((notifications): Step => ({
      name: `notifications ${notifications}`,
      decide: (state) => chooseNotifications(state, notifications),
      expected: (model) => (active(model) ? { notifications } : null),
    })),
  },
);

describe('an account', () => {
  it('R01 does what the model does, whatever is asked in whatever order', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), (asked) => {
        let state: Account = noAccount;
        let model: Model = {
          exists: false,
          proven: false,
          closed: false,
          contact: login,
          notifications: true,
          pigp: false,
        };
        for (const { name, decide, expected } of asked) {
          const decision = decide(state);
          const change = expected(model);
          expect([name, decision.accepted]).toEqual([name, change !== null]);
          if (decision.accepted) state = decision.events.reduce(evolveAccount, state);
          model = { ...model, ...change };
          if (!model.exists) {
            expect(state).toEqual(noAccount);
            continue;
          }
          seen.add(state.status);
          expect(state).toMatchObject({
            login,
            status: model.closed ? 'deactivated' : model.proven ? 'active' : 'pending',
            contactAddress: model.contact,
            notifications: model.notifications,
            pigp: model.pigp,
          });
          // What was just accepted asks for nothing more, unless it is a mail or a password.
          if (decision.accepted && !/link$|password$/.test(name))
            expect(decide(state)).toEqual({ accepted: true, events: [] });
        }
      }),
      { numRuns: 500 },
    );
    expect(seen).toEqual(new Set(['pending', 'active', 'deactivated']));
  });
});
