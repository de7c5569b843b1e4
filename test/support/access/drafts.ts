import { structureStream, type StructureEvent } from '#domain';
import { typedInvoice } from '../typed-invoice.js';
import { known, type AccessMatrix, type Answers, type Asked } from './access-matrix.js';
import type { AccessWorld } from './access-world.js';

/** Whoever may look at what the structure issues gets this. */
const looking = (status: number): Answers => [401, 401, 404, 404, status, 403, status, 404, status, status];

/** Whoever may issue for the structure gets this, its machines included; operators issue nothing. */
const issuing = (status: number): Answers => [401, 401, 404, 404, 403, 403, status, 404, status, 403];

/** Who reaches invoices under input, and sends (R09, R20, R22). */
export const draftAccess: AccessMatrix = {
  'POST /api/structures/{identifier}/drafts': { answers: issuing(201), ask: (world) => withMandate(world) },
  'GET /api/structures/{identifier}/drafts': { answers: looking(200) },
  'GET /api/structures/{identifier}/drafts/{draft}': { answers: looking(200), ask: (world) => saved(world) },
  'PUT /api/structures/{identifier}/drafts/{draft}': {
    answers: issuing(200),
    ask: async (world) => ({ ...(await saved(world)), body: { content: { number: 'F-2' } } }),
  },
  'DELETE /api/structures/{identifier}/drafts/{draft}': { answers: issuing(204), ask: (world) => saved(world) },
  'POST /api/structures/{identifier}/drafts/{draft}/sending': {
    answers: issuing(200),
    ask: async (world) => ({ ...(await saved(world)), body: {} }),
  },
  'POST /api/structures/{identifier}/invoices': {
    answers: issuing(200),
    ask: async (world) => ({ ...(await withMandate(world)), body: { content: typedInvoice() } }),
  },
  // What a person sends through the portal; machines have the flows.
  'POST /api/structures/{identifier}/invoice-files': {
    answers: [401, 401, 404, 404, 403, 403, 200, 403, 403, 403],
    ask: () => ({ body: '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>' }),
  },
  'GET /api/work-list': { answers: known(200) },
};

async function withMandate(world: AccessWorld): Promise<Asked> {
  const mandate: StructureEvent = { type: 'InvoicingMandateSubscribed', data: { by: 'operator' } };
  await world.record([structureStream(world.structure), mandate]);
  return { body: { content: { number: 'F-1' } } };
}

async function saved(world: AccessWorld): Promise<Asked> {
  return { params: { draft: await world.draft() } };
}
