import type { InvoiceEvent, InvoiceStatus, SupportingDocument } from '#domain';
import { known, type AccessMatrix, type Answers, type Asked } from './access-matrix.js';
import type { AccessWorld } from './access-world.js';
import type { CallerName } from './callers.js';

/** Whoever may look at the structure's invoices gets this. What one cannot see is not there. */
const looking = (status: number): Answers => [401, 401, 404, 404, status, 404, status, 404, status, status];

/** Whoever has modification in the space, and the structure's machines, get this; operators process no invoice. */
const processing = (status: number): Answers => [401, 401, 404, 404, 403, 403, status, 404, status, 403];

/** Who reaches invoices (R09, R25–R27): by the spaces that they subscribed to, not by their role. */
export const invoiceAccess: AccessMatrix = {
  'GET /api/invoices': { answers: known(200) },
  'GET /api/invoices/{id}': [
    { when: 'received', answers: looking(200), ask: (world) => received(world), reads: true },
    { when: 'issued', answers: looking(200), ask: (world) => issued(world), reads: true },
    { when: 'to validate', answers: looking(200), ask: (world) => toValidate(world), reads: true },
  ],
  'GET /api/invoices/{id}/supporting-documents/{sha256}': {
    answers: looking(200),
    ask: async (world) => {
      const { sha256, size } = await world.object();
      const { params } = await received(world, [{ name: 'bon.txt', type: 'text/plain', size, sha256 }]);
      return { params: { ...params, sha256 } };
    },
    reads: true,
  },
  'GET /api/invoices/{id}/pdf': {
    answers: looking(200),
    ask: async (world) => {
      const { sha256: object, size } = await world.object('%PDF-1.7');
      const recipient = { identifier: world.structure, name: null };
      const document = { object, offset: 0, length: size, sha256: object };
      return { params: { id: await world.invoice({ recipient, document }) } };
    },
    reads: true,
  },
  'POST /api/invoices/{id}/supporting-documents': {
    // Nobody of them uploaded it: whoever may join documents is told so.
    answers: processing(409),
    ask: async (world) => ({
      ...(await issued(world)),
      body: { supportingDocuments: [{ name: 'bon.txt', sha256: 'a'.repeat(64), size: 1 }] },
    }),
    reads: true,
  },
  'GET /api/invoices/{id}/document': { answers: looking(200), ask: withBytes, reads: true },
  'GET /api/invoices/{id}/file': { answers: looking(200), ask: withBytes, reads: true },
  'POST /api/invoices/{id}/status': [
    {
      when: 'received',
      answers: processing(200),
      ask: async (world) => ({ ...(await received(world)), body: { status: 'MANDATEE' } }),
      reads: true,
    },
    {
      when: 'issued',
      answers: [401, 401, 404, 404, 404, 404, 404, 404, 404, 403],
      ask: async (world) => ({ ...(await issued(world)), body: { status: 'MANDATEE' } }),
      reads: true,
    },
    {
      when: 'still to be validated by others',
      answers: known(404),
      ask: async (world) => {
        const validator = { identifier: world.partner, name: null };
        const recipient = { identifier: world.structure, name: null };
        const id = await world.invoice({ recipient, validator, billingFrame: 'A9' });
        return { params: { id }, body: { status: 'MANDATEE' } };
      },
      reads: true,
    },
  ],
  'POST /api/invoices/{id}/validation': {
    answers: processing(200),
    ask: async (world) => ({ ...(await toValidate(world)), body: { outcome: 'validated' } }),
    reads: true,
  },
  'POST /api/invoices/{id}/recycling': {
    answers: processing(200),
    ask: async (world) => ({
      ...(await issued(world, 'A_RECYCLER')),
      body: { serviceCode: 'COMPTA', commitmentNumber: '1300000002' },
    }),
    reads: true,
  },
  'POST /api/invoices/{id}/completion': {
    answers: processing(200),
    ask: async (world) => ({ ...(await issued(world, 'SUSPENDUE')), body: { comment: 'Bon de commande joint' } }),
    reads: true,
  },
  'POST /api/invoices/{id}/validator': {
    answers: processing(200),
    ask: async (world) => ({
      ...(await issued(world, 'ERREUR_FOURNISSEUR_SUR_VALIDEUR')),
      body: { validator: world.elsewhere },
    }),
    reads: true,
  },
  'POST /api/invoices/{id}/rejection-acknowledgement': {
    answers: processing(200),
    ask: (world) => issued(world, 'REJETEE'),
    reads: true,
  },
};

/** Who reads the events of invoices (R48): whoever sees some, those that they see. */
export const feedAccess: AccessMatrix = {
  'GET /api/events': { answers: known(200) },
  // There is nothing to wait for where no invoice can come. A stranger waits for those of their own structure.
  'GET /api/events/stream': { answers: [401, 401, 403, 200, 200, 403, 200, 200, 200, 200] },
};

/** Whether the lists of invoices of a caller hold the structure's. */
export const SEES_INVOICES: readonly (readonly [CallerName, boolean])[] = [
  ['newcomer', false],
  ['simple elsewhere', false],
  ['secondary elsewhere', false],
  ['primary elsewhere', false],
  ['simple', true],
  ['secondary', false],
  ['primary', true],
  ['other', false],
  ['own', true],
  ['operator', true],
];

async function received(world: AccessWorld, supportingDocuments: readonly SupportingDocument[] = []): Promise<Asked> {
  const recipient = { identifier: world.structure, name: null };
  return { params: { id: await world.invoice({ recipient, supportingDocuments }) } };
}

/** An invoice that the structure received, whose bytes are there. */
async function withBytes(world: AccessWorld): Promise<Asked> {
  const xml = '<Invoice/>';
  const { sha256, size } = await world.object(xml);
  const recipient = { identifier: world.structure, name: null };
  const document = { object: sha256, offset: 0, length: size, sha256 };
  return { params: { id: await world.invoice({ recipient, document }) } };
}

async function toValidate(world: AccessWorld): Promise<Asked> {
  const validator = { identifier: world.structure, name: null };
  return { params: { id: await world.invoice({ validator, billingFrame: 'A9' }) } };
}

/** An invoice of the structure to its partner, which made of it what is said. */
async function issued(world: AccessWorld, to?: InvoiceStatus): Promise<Asked> {
  const [issuer, partner] = [world.structure, world.partner];
  const isValidators = to === 'ERREUR_FOURNISSEUR_SUR_VALIDEUR';
  const data = {
    issuer: { identifier: issuer, name: null },
    ...(isValidators ? { validator: { identifier: partner, name: null }, billingFrame: 'A9' } : {}),
  };
  if (to === undefined) return { params: { id: await world.invoice(data) } };
  const reference = { number: 'F', issueDate: '2026-11-20', issuer, recipient: partner, serviceCode: null };
  const changed: InvoiceEvent = {
    type: 'InvoiceStatusChanged',
    data: {
      invoice: { ...reference, validator: isValidators ? partner : null },
      from: isValidators ? 'A_VALIDER_1' : 'MISE_A_DISPOSITION',
      to,
      by: isValidators ? 'validator' : 'recipient',
      reason: null,
      comment: null,
      paymentOrder: null,
      secondValidator: null,
    },
  };
  return { params: { id: await world.invoice(data, changed) } };
}
