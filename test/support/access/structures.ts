import { known, notMachines, operators, type AccessMatrix, type Answers } from './access-matrix.js';
import type { CallerName } from './callers.js';

/** Managers of the structure and operators get this. */
const managers = (status: number): Answers => [401, 401, 404, 404, 403, status, status, 404, 403, status];

/** The primary manager alone gets this. */
const primaryManager = (status: number): Answers => [401, 401, 404, 404, 403, 403, status, 404, 403, 403];

/** Who reaches structures and what managers set on them (R02, R12–R14, R16, R23). */
export const structureAccess: AccessMatrix = {
  'POST /api/structures': {
    answers: notMachines(201),
    ask: (world) => ({ body: { identifier: world.newIdentifier(), name: 'Ministère', category: 'STATE' } }),
  },
  'GET /api/structures': { answers: notMachines(200) },
  'GET /api/structures/{identifier}': { answers: [401, 401, 404, 404, 200, 200, 200, 404, 403, 200] },
  'GET /api/structures/{identifier}/recipient': { answers: known(200) },
  'POST /api/structures/{identifier}/identifier': {
    answers: managers(201),
    ask: async (world, caller) => ({
      params: { identifier: await world.ownStructure(caller) },
      body: { identifier: world.newIdentifier() },
    }),
  },
  'POST /api/structures/{identifier}/deactivate': {
    answers: operators(204),
    ask: async (world, caller) => ({ params: { identifier: await world.ownStructure(caller) }, body: {} }),
  },
  'PUT /api/structures/{identifier}/requirements': {
    answers: managers(204),
    ask: async (world, caller) => ({
      params: { identifier: await world.ownStructure(caller) },
      body: { serviceCode: true, commitmentNumber: false, serviceCodeOrCommitmentNumber: false },
    }),
  },
  'PUT /api/structures/{identifier}/exclusion': {
    answers: operators(204),
    ask: async (world, caller) => ({
      params: { identifier: await world.ownStructure(caller) },
      body: { reason: 'Comité des œuvres sociales' },
    }),
  },
  'PUT /api/structures/{identifier}/description': {
    answers: managers(204),
    ask: (_, caller) => ({ body: { name: `Ministère de ${caller}` } }),
  },
  'PUT /api/structures/{identifier}/used-applications': {
    answers: managers(204),
    ask: () => ({ body: { applications: ['DEMANDE_PAIEMENT', 'EDEP'] } }),
  },
  'PUT /api/structures/{identifier}/invoicing-mandate': {
    answers: [401, 401, 404, 404, 403, 204, 204, 404, 403, 403],
  },
  'PUT /api/structures/{identifier}/pacage-number': {
    answers: managers(204),
    ask: () => ({ body: { number: '012345678' } }),
  },
  'PUT /api/structures/{identifier}/central-service': {
    answers: managers(204),
    ask: (_, caller) => ({ body: { contact: { name: `Service centralisateur de ${caller}`, address: [] } } }),
  },
  'POST /api/structures/{identifier}/bank-details': {
    answers: managers(201),
    ask: (_, caller) => ({
      body: {
        label: 'Compte',
        holder: 'Ministère',
        iban: 'FR7630006000011234567890189',
        bic: 'AGRIFRPP',
        factor: `Société d’affacturage de ${caller}`,
      },
    }),
  },
  'DELETE /api/structures/{identifier}/bank-details/{id}': {
    answers: managers(204),
    ask: async (world) => ({ params: { id: await world.bankDetails() } }),
  },
};

/** Who reaches the people of a structure: their attachment, their roles and authorisations (R03–R07). */
export const memberAccess: AccessMatrix = {
  'GET /api/attachment-requests': { answers: notMachines(200) },
  'POST /api/structures/{identifier}/attachment-requests': {
    // Whoever belongs to it is told so.
    answers: [401, 401, 202, 202, 409, 409, 409, 403, 403, 403],
    ask: async (world, caller) => ({ params: { identifier: await world.ownStructure(caller) } }),
  },
  'POST /api/structures/{identifier}/attachment-requests/{account}/validate': {
    answers: managers(204),
    ask: async (world) => ({ params: { account: await world.applicant() } }),
  },
  'POST /api/structures/{identifier}/attachment-requests/{account}/refuse': {
    answers: managers(204),
    ask: async (world) => ({ params: { account: await world.applicant() }, body: { reason: 'Inconnu de nous' } }),
  },
  // Answers line by line; the lines have a test of their own.
  'POST /api/attachments': {
    answers: notMachines(200),
    ask: async (world) => ({ body: { account: await world.account(), structures: [world.structure] } }),
  },
  'GET /api/structures/{identifier}/members': { answers: managers(200) },
  'POST /api/structures/{identifier}/members/{account}/appoint': {
    answers: primaryManager(204),
    ask: async (world) => ({ params: { account: await world.member() } }),
  },
  'POST /api/structures/{identifier}/members/{account}/dismiss': {
    answers: primaryManager(204),
    ask: async (world) => ({
      params: { account: await world.member((data) => ({ type: 'SecondaryManagerAppointed', data })) },
    }),
  },
  'POST /api/structures/{identifier}/members/{account}/deactivate': {
    answers: managers(204),
    ask: async (world) => ({ params: { account: await world.member() } }),
  },
  'POST /api/structures/{identifier}/members/{account}/reactivate': {
    answers: managers(204),
    ask: async (world) => ({
      params: { account: await world.member((data) => ({ type: 'AuthorisationDeactivated', data })) },
    }),
  },
  'DELETE /api/structures/{identifier}/members/{account}': {
    answers: managers(204),
    ask: async (world) => ({ params: { account: await world.member() } }),
  },
  'POST /api/structures/{identifier}/primary-manager': {
    // Support names one on a support request alone (R07), so that the decision refuses it here.
    answers: [401, 401, 404, 404, 403, 403, 204, 403, 403, 409],
    ask: async (world, caller) => ({
      params: { identifier: await world.ownStructure(caller) },
      body: { account: await world.account(), formerBecomes: 'simple' },
    }),
  },
};

/** Callers to whom every line of a command on several structures is refused, with the code of each line. */
export const REFUSED_LINES: readonly (readonly [CallerName, string])[] = [
  ['newcomer', 'STR-404'],
  ['simple elsewhere', 'STR-404'],
  ['secondary elsewhere', 'STR-404'],
  ['primary elsewhere', 'STR-404'],
  ['simple', 'AUTH-003'],
];
