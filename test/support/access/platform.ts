import { REJECT_DAY } from '../../../apps/api/src/testing/test-api.js';
import { everybody, known, operators, type AccessMatrix } from './access-matrix.js';

/** Who reaches what concerns nobody's data: whether the platform lives, its catalogue of rules, its pages. */
export const platformAccess: AccessMatrix = {
  'GET /health/live': { answers: everybody(200) },
  'GET /health/ready': { answers: everybody(200) },
  'GET /api/catalogue': { answers: everybody(200) },
  'GET /api/catalogue/{rule}': { answers: everybody(200), ask: () => ({ params: { rule: 'BR-CO-10' } }) },
  'GET /catalogue': { answers: everybody(200) },
  'GET /activation': { answers: everybody(200) },
  'GET /new-password': { answers: everybody(200) },
  'GET /link-page.js': { answers: everybody(200) },
  'GET /api/asyncapi.json': { answers: everybody(200) },
  'POST /api/connections': {
    answers: operators(201),
    ask: (world) => ({ body: { applicationCode: 'NEW001', structure: world.structure, name: 'Commune' } }),
  },
  'PUT /api/connections/{applicationCode}/status-format': {
    answers: operators(204),
    ask: () => ({ params: { applicationCode: 'OTH001' }, body: { format: 'both' } }),
  },
  'POST /api/directory/import': {
    answers: operators(200),
    ask: (world) => ({
      body: {
        rows: [
          {
            line: 1,
            identifier: world.newIdentifier(),
            structure: { identifierType: 'SIRET', category: 'COMPANY', name: 'Menuiserie' },
          },
        ],
      },
    }),
  },
};

/** Who reaches flows and rejects (R44): machines, each its own, and operators; managers see the rejects of their structure. */
export const flowAccess: AccessMatrix = {
  'GET /api/flows': { answers: [401, 401, 403, 403, 403, 403, 403, 200, 200, 200] },
  'POST /api/flows': {
    answers: [401, 401, 403, 403, 403, 403, 403, 202, 202, 403],
    ask: (_, caller) => ({ query: { interfaceCode: 'FSO1100A' }, body: `<facture de="${caller}"/>` }),
  },
  'GET /api/flows/{flowNumber}': {
    answers: [401, 401, 403, 403, 403, 403, 403, 404, 200, 200],
    ask: ({ flow }) => ({ params: { flowNumber: flow } }),
  },
  'GET /api/flows/{flowNumber}/invoices': {
    answers: [401, 401, 403, 403, 403, 403, 403, 404, 200, 200],
    ask: ({ flow }) => ({ params: { flowNumber: flow } }),
  },
  'POST /api/flows/{flowNumber}/replay': {
    answers: operators(202),
    ask: ({ incident }) => ({ params: { flowNumber: incident } }),
  },
  // A connection looks with the eyes of its structure; a person names the one that they manage.
  'GET /api/rejects': {
    answers: [401, 401, 404, 404, 403, 200, 200, 200, 200, 200],
    ask: ({ structure }) => ({ query: { structure } }),
  },
  'GET /api/rejects/{day}/{sender}': {
    answers: [401, 401, 404, 404, 403, 200, 200, 404, 200, 200],
    ask: ({ structure }) => ({ params: { day: REJECT_DAY, sender: structure }, query: { structure } }),
  },
  'POST /api/invoices/validate': { answers: known(200), ask: () => ({ body: '<facture/>' }) },
};
