import { SignIn } from '../../../apps/api/src/accounts/sign-in.js';
import { PASSWORD } from '../../../apps/api/src/testing/people.js';
import { CommandBus } from '@nestjs/cqrs';
import { everybody, notMachines, operators, people, type AccessMatrix } from './access-matrix.js';

/** What a link would carry that nobody was sent. */
const UNKNOWN_LINK = 'x'.repeat(43);

/** A password that is right nowhere: the person may ask, and the decision is no. */
const WRONG_PASSWORD = 'quatre chevaux sous le toit';

/** Who reaches accounts and sessions (R01): everybody to get one, people their own, operators everybody's. */
export const accountAccess: AccessMatrix = {
  'POST /api/accounts': {
    answers: everybody(201),
    ask: (world) => ({
      body: { login: world.newLogin(), firstName: 'Jeanne', lastName: 'Martin', password: PASSWORD },
    }),
  },
  'POST /api/accounts/activation': { answers: everybody(409), ask: () => ({ body: { token: UNKNOWN_LINK } }) },
  'POST /api/accounts/activation/resend': {
    answers: everybody(202),
    ask: (world) => ({ body: { login: world.newLogin() } }),
  },
  'POST /api/accounts/password/forgotten': {
    answers: everybody(202),
    ask: (world) => ({ body: { login: world.newLogin() } }),
  },
  'POST /api/accounts/password/reset': {
    answers: everybody(409),
    ask: () => ({ body: { token: UNKNOWN_LINK, password: PASSWORD } }),
  },
  'POST /api/session': {
    answers: everybody(201),
    ask: (world) => ({ body: { login: world.person('newcomer').login, password: PASSWORD } }),
  },
  'DELETE /api/session': {
    answers: people(204),
    ask: async (world, caller) => {
      const login = world.personOf(caller)?.login;
      if (login === undefined) return {};
      const { token } = await world.api.app.get(CommandBus).execute(new SignIn(login, PASSWORD, '10.9.0.1'));
      return { token };
    },
  },
  'GET /api/session/oidc': { answers: everybody(404) },
  'GET /api/session/oidc/callback': { answers: everybody(404) },
  'GET /api/account': { answers: people(200) },
  'PUT /api/account/contact-address': {
    answers: people(204),
    ask: () => ({ body: { contactAddress: 'contact@exemple.test' } }),
  },
  'PUT /api/account/notifications': { answers: people(204), ask: () => ({ body: { notifications: false } }) },
  'PUT /api/account/password': {
    answers: people(409),
    ask: () => ({ body: { current: WRONG_PASSWORD, password: PASSWORD } }),
  },
  'DELETE /api/account': { answers: people(409), ask: () => ({ body: { password: WRONG_PASSWORD } }) },
  'GET /api/accounts': {
    answers: operators(200),
    ask: (world) => ({ query: { login: world.person('simple').login } }),
  },
  'PUT /api/accounts/{account}/pigp': {
    answers: operators(204),
    ask: async (world) => ({ params: { account: await world.account() }, body: { linked: true } }),
  },
  'POST /api/accounts/{account}/deactivate': {
    answers: operators(204),
    ask: async (world) => ({ params: { account: await world.account() } }),
  },
  'POST /api/accounts/{account}/reactivate': {
    answers: operators(204),
    ask: async (world) => ({ params: { account: await world.account() } }),
  },
  'POST /api/accounts/{account}/erase': {
    answers: operators(204),
    ask: async (world) => ({ params: { account: await world.account() } }),
  },
  'GET /api/exports/users': { answers: notMachines(200) },
  'GET /api/exports/structures': { answers: notMachines(200) },
};
