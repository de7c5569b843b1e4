import type { SupportRequestFile } from '#domain';
import type { AccessWorld } from './access-world.js';
import { known, notMachines, type AccessCase, type AccessMatrix, type Answers, type Asked } from './access-matrix.js';

/** Whoever treats what the structure receives gets this, and support. */
const treating = (status: number): Answers => [401, 401, 404, 404, status, status, status, 403, 403, status];

/** The author, who is the simple user, gets the first, and support the second. */
const writing = (author: number, support: number): Answers => [401, 401, 404, 404, author, 404, 404, 403, 403, support];

/** Lines of a route about one request: one that the structure received, and one that the simple user made. */
function bothSides(
  { received, made }: { readonly received: Answers; readonly made: Answers },
  body: object = {},
): readonly AccessCase[] {
  return [
    { when: 'received', answers: received, ask: async (world) => ({ ...(await receivedRequest(world, [])), body }) },
    { when: 'made', answers: made, ask: async (world) => ({ ...(await madeRequest(world, [])), body }) },
  ];
}

/** Who reaches support requests (R18): their author, those who treat them, support. Machines make none. */
export const supportRequestAccess: AccessMatrix = {
  'GET /api/support-requests/categories': { answers: known(200) },
  'POST /api/support-requests': {
    answers: [401, 401, 404, 404, 201, 201, 201, 403, 403, 403],
    ask: (world) => ({
      body: {
        structure: world.structure,
        category: 'STRUCTURES_AND_USERS',
        subcategory: 'USER_RIGHTS',
        subject: 'Droits',
        text: 'Bonjour',
      },
    }),
  },
  'GET /api/support-requests': [
    { when: 'made', answers: notMachines(200) },
    {
      when: 'received',
      answers: treating(200),
      ask: (world) => ({ query: { box: 'received', structure: world.structure } }),
    },
  ],
  'GET /api/support-requests/{request}': [
    { when: 'received', answers: treating(200), ask: (world) => receivedRequest(world, []), reads: true },
    { when: 'made', answers: writing(200, 200), ask: (world) => madeRequest(world, []), reads: true },
  ],
  'GET /api/support-requests/{request}/files/{sha256}': [
    { when: 'received', answers: treating(200), ask: (world) => withFile(world, receivedRequest), reads: true },
    { when: 'made', answers: writing(200, 200), ask: (world) => withFile(world, madeRequest), reads: true },
  ],
  'POST /api/support-requests/{request}/assign': bothSides({ received: treating(204), made: writing(409, 204) }),
  'POST /api/support-requests/{request}/answer': bothSides(
    { received: treating(204), made: writing(204, 204) },
    { text: 'Voici.' },
  ),
  'POST /api/support-requests/{request}/close': bothSides(
    { received: treating(204), made: writing(409, 204) },
    { outcome: 'done' },
  ),
};

type Files = readonly SupportRequestFile[];

async function receivedRequest(world: AccessWorld, files: Files): Promise<Asked> {
  const recipient = { kind: 'structure', structure: world.structure } as const;
  return { params: { request: await world.supportRequest({ recipient, files }) } };
}

async function madeRequest(world: AccessWorld, files: Files): Promise<Asked> {
  const { account } = world.person('simple');
  const recipient = { kind: 'support' } as const;
  return { params: { request: await world.supportRequest({ author: account, recipient, files }) } };
}

async function withFile(
  world: AccessWorld,
  request: (world: AccessWorld, files: Files) => Promise<Asked>,
): Promise<Asked> {
  const { sha256, size } = await world.object();
  const { params } = await request(world, [{ name: 'note.txt', sha256, size, administrativeCertificate: false }]);
  return { params: { ...params, sha256 } };
}
