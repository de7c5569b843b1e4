import type { SpaceCode } from '#domain';
import { known, notMachines, people, type AccessMatrix, type Answers } from './access-matrix.js';
import { SERVICE } from './access-world.js';

const SPACE: SpaceCode = 'RECEIVED_INVOICES';

/** People attached to the structure and operators get this. */
const attached = (status: number): Answers => [401, 401, 404, 404, status, status, status, 403, 403, status];

/** Managers of the structure and operators get this. */
const managers = (status: number): Answers => [401, 401, 404, 404, 403, status, status, 403, 403, status];

/** Who reaches spaces, subscriptions and services, and gives rights in them (R08, R10, R11). */
export const rightsAccess: AccessMatrix = {
  'GET /api/spaces': { answers: known(200) },
  'GET /api/structures/{identifier}/spaces': { answers: attached(200) },
  'PUT /api/structures/{identifier}/spaces/{space}': {
    answers: managers(204),
    ask: async (world, caller) => ({
      params: { identifier: await world.ownStructure(caller), space: 'JUSTICE_FEES' },
    }),
  },
  'DELETE /api/structures/{identifier}/spaces/{space}': {
    answers: managers(204),
    ask: async (world, caller) => ({
      params: { identifier: await world.ownStructure(caller), space: 'WORKS_INVOICES' },
    }),
  },
  'GET /api/account/subscriptions': { answers: people(200) },
  'POST /api/structures/{identifier}/subscriptions': {
    answers: [401, 401, 404, 404, 200, 200, 200, 403, 403, 403],
    ask: async (world, caller) => ({
      params: { identifier: await world.ownStructure(caller) },
      body: { space: 'WORKS_INVOICES', right: 'consultation' },
    }),
  },
  'DELETE /api/structures/{identifier}/subscriptions': {
    answers: [401, 401, 404, 404, 204, 204, 204, 403, 403, 403],
    ask: async (world, caller) => ({
      params: { identifier: await world.ownStructure(caller) },
      query: { space: 'WORKS_INVOICES' },
    }),
  },
  'GET /api/subscription-requests': { answers: notMachines(200) },
  'GET /api/structures/{identifier}/members/{account}/rights': [
    {
      when: 'of somebody else',
      answers: managers(200),
      ask: async (world) => ({ params: { account: await world.member() } }),
    },
    {
      when: 'of oneself',
      answers: [401, 401, 404, 404, 200, 200, 200, 403, 403, 200],
      ask: (world, caller) => ({
        params: { account: (world.personOf(caller) ?? world.person('simple')).account },
      }),
    },
  ],
  'POST /api/structures/{identifier}/members/{account}/subscriptions/{space}/validate': {
    answers: managers(204),
    ask: async (world) => ({ params: { account: await world.member(asking), space: SPACE }, body: {} }),
  },
  'POST /api/structures/{identifier}/members/{account}/subscriptions/{space}/refuse': {
    answers: managers(204),
    ask: async (world) => ({ params: { account: await world.member(asking), space: SPACE }, body: {} }),
  },
  'PUT /api/structures/{identifier}/members/{account}/subscriptions/{space}': {
    answers: managers(204),
    ask: async (world) => ({
      params: { account: await world.member(), space: SPACE },
      body: { right: 'modification' },
    }),
  },
  'DELETE /api/structures/{identifier}/members/{account}/subscriptions/{space}': {
    answers: managers(204),
    ask: async (world) => ({ params: { account: await world.member(subscribed), space: SPACE } }),
  },
  // Both answer line by line; the lines have a test of their own.
  'POST /api/rights/duplicate': {
    answers: notMachines(200),
    ask: async (world) => ({
      body: { from: await world.member(subscribed), to: await world.member(), structures: [world.structure] },
    }),
  },
  'POST /api/rights/bulk': {
    answers: notMachines(200),
    ask: async (world) => ({
      body: {
        operation: 'add',
        right: 'modification',
        structures: [world.structure],
        accounts: [await world.member()],
        spaces: [{ space: SPACE }],
      },
    }),
  },
  'GET /api/structures/{identifier}/services': { answers: attached(200) },
  'PUT /api/structures/{identifier}/services/{code}': {
    answers: managers(204),
    ask: (_, caller) => ({ params: { code: SERVICE }, body: { name: `Comptabilité de ${caller}` } }),
  },
  'PUT /api/structures/{identifier}/services/{code}/users/{account}': {
    answers: managers(204),
    ask: async (world) => ({ params: { code: SERVICE, account: await world.member() } }),
  },
  'DELETE /api/structures/{identifier}/services/{code}/users/{account}': {
    answers: managers(204),
    ask: async (world) => ({
      params: {
        code: SERVICE,
        account: await world.member((data) => ({ type: 'ServiceUserEnabled', data: { ...data, service: SERVICE } })),
      },
    }),
  },
};

function asking({ structure, account }: { readonly structure: string; readonly account: string }) {
  const data = { structure, account, space: SPACE, service: null, right: 'consultation' } as const;
  return { type: 'SubscriptionRequested', data } as const;
}

function subscribed(key: { readonly structure: string; readonly account: string; readonly by: string }) {
  return { type: 'SpaceSubscribed', data: { ...key, space: SPACE, service: null, right: 'consultation' } } as const;
}
