import { refundRequestStream, type RefundRequestEvent } from '#domain';
import { randomUUID } from 'node:crypto';
import { typedRefundRequest } from '../typed-refund-request.js';
import type { AccessMatrix, Answers, Asked } from './access-matrix.js';
import type { AccessWorld } from './access-world.js';

/** Whoever may look into the space of a structure gets this. */
const following = (status: number): Answers => [401, 401, 404, 404, status, 403, status, 404, status, status];

/** Whoever may act in the space of the structure that asks gets this; operators ask for nothing. */
const preparing = (status: number): Answers => [401, 401, 404, 404, 403, 403, status, 404, status, 403];

/** Whoever may act in the space of the structure that treats gets this, and operators. */
const treating = (status: number): Answers => [401, 401, 404, 404, 403, 403, status, 404, status, status];

const content = { tax: 'TIC' };

/** Who reaches requests to have energy taxes paid back (R09, R29): those who ask, and those to whom they were sent. */
export const refundRequestAccess: AccessMatrix = {
  'POST /api/refund-requests': {
    answers: preparing(201),
    ask: (world) => ({ body: { structure: world.structure, content } }),
  },
  'GET /api/refund-requests': {
    answers: following(200),
    ask: (world) => ({ query: { structure: world.structure } }),
  },
  'GET /api/refund-requests/{request}': [
    { when: 'draft', answers: following(200), ask: (world) => draft(world) },
    { when: 'received', answers: following(200), ask: (world) => received(world) },
  ],
  'PUT /api/refund-requests/{request}': {
    answers: preparing(200),
    ask: async (world) => ({ ...(await draft(world)), body: { content } }),
  },
  'DELETE /api/refund-requests/{request}': { answers: preparing(204), ask: (world) => draft(world) },
  'POST /api/refund-requests/{request}/sending': {
    answers: preparing(200),
    ask: async (world) => ({ ...(await draft(world)), body: {} }),
  },
  'POST /api/refund-requests/{request}/status': {
    answers: treating(204),
    ask: async (world) => ({ ...(await received(world)), body: { status: 'received' } }),
  },
  'GET /api/refund-requests/{request}/files/{sha256}': {
    answers: following(200),
    ask: async (world) => {
      const { sha256, size } = await world.object();
      const { params } = await received(world, { supportingDocuments: [{ name: 'note.txt', sha256, size }] });
      return { params: { ...params, sha256 } };
    },
  },
};

/** A draft of the structure. */
function draft(world: AccessWorld): Promise<Asked> {
  return saved(world, world.structure, {});
}

/** A request that the structure received of its partner. */
async function received(world: AccessWorld, change: object = {}): Promise<Asked> {
  const asked = await saved(world, world.partner, change);
  const { request = '' } = asked.params ?? {};
  const number = `TIC-2026-${request}`;
  const sent: RefundRequestEvent = {
    type: 'RefundRequestSent',
    data: { request, number, recipient: world.structure, by: 'test' },
  };
  await world.record([refundRequestStream(request), sent]);
  return asked;
}

async function saved(world: AccessWorld, structure: string, change: object): Promise<Asked> {
  const request = randomUUID();
  const event: RefundRequestEvent = {
    type: 'RefundRequestSaved',
    data: { request, structure, content: typedRefundRequest(change), by: 'test' },
  };
  await world.record([refundRequestStream(request), event]);
  return { params: { request } };
}
