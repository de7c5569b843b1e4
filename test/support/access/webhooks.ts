import { webhookStream, type WebhookEvent } from '#domain';
import { randomUUID } from 'node:crypto';
import type { AccessMatrix, Answers, Asked } from './access-matrix.js';
import type { AccessWorld } from './access-world.js';

/** Managers of the structure, its machines and operators get this. */
const managers = (status: number): Answers => [401, 401, 404, 404, 403, status, status, 404, status, status];

/** Who reaches the webhooks of a structure (R48). */
export const webhookAccess: AccessMatrix = {
  'POST /api/webhooks': {
    answers: managers(201),
    ask: ({ structure }) => ({ body: { structure, url: 'https://exemple.fr/evenements' } }),
  },
  'GET /api/webhooks': { answers: managers(200), ask: ({ structure }) => ({ query: { structure } }) },
  'GET /api/webhooks/{id}': { answers: managers(200), ask: (world) => webhook(world), reads: true },
  'GET /api/webhooks/{id}/deliveries': { answers: managers(200), ask: (world) => webhook(world) },
  'POST /api/webhooks/{id}/secret': {
    answers: managers(200),
    ask: async (world) => ({ ...(await webhook(world)), body: { overlapHours: 1 } }),
  },
  'POST /api/webhooks/{id}/disable': { answers: managers(204), ask: (world) => webhook(world) },
  'POST /api/webhooks/{id}/enable': { answers: managers(204), ask: (world) => webhook(world) },
  'POST /api/webhooks/{id}/replay': {
    answers: managers(204),
    ask: async (world) => ({ ...(await webhook(world)), body: { after: 'beginning' } }),
  },
  'DELETE /api/webhooks/{id}': { answers: managers(204), ask: (world) => webhook(world) },
};

/** A webhook of the structure. */
async function webhook(world: AccessWorld): Promise<Asked> {
  const id = randomUUID();
  const registered: WebhookEvent = {
    type: 'WebhookRegistered',
    data: {
      webhook: id,
      structure: world.structure,
      url: 'https://exemple.fr/evenements',
      description: null,
      after: { transaction: '0', position: 0 },
      by: 'operator',
    },
  };
  await world.record([webhookStream(id), registered]);
  return { params: { id } };
}
