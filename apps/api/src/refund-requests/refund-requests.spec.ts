import {
  refundRequestStream,
  structureStream,
  type RefundRequestContent,
  type RefundRequestEvent,
  type RefundRequestFile,
  type StructureEvent,
} from '#domain';
import { randomUUID } from 'node:crypto';
import { AccessWorld } from '../../../../test/support/access/access-world.js';
import type { CallerName } from '../../../../test/support/access/callers.js';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { typedRefundRequest } from '../../../../test/support/typed-refund-request.js';
import { ask, uploadedFile } from '../testing/ask.js';
import type { RefundRequestSummary } from './refund-request-views.js';

/** Asks, and belongs to the structure that asks; who treats belongs to the other one. */
const FARMER = 'primary';
const OFFICER = 'primary elsewhere';

describe('requests to have energy taxes paid back, by HTTP', () => {
  let api: OwnApi;
  let world: AccessWorld;
  let account: string;
  let invoice: RefundRequestFile;

  beforeAll(async () => {
    api = await startOwnApi();
    world = await AccessWorld.open(api);
    account = await world.bankDetails();
    invoice = await upload('facture.pdf');
    await api.project();
  });

  afterAll(() => api.close());

  const call = (caller: CallerName, method: string, path: string, body?: object) =>
    ask(api, world.tokenOf(caller), method, `/api/refund-requests${path}`, body);

  const upload = (name: string, caller: CallerName = FARMER): Promise<RefundRequestFile> =>
    uploadedFile(api, world.tokenOf(caller), name, Buffer.from(`%PDF-1.7 ${randomUUID()}`));

  const complete = (change: RefundRequestContent = {}): RefundRequestContent =>
    typedRefundRequest({ recipient: world.elsewhere, bankDetails: account, ...change }, invoice);
  async function saved(content: object = complete()): Promise<string> {
    const { status, body } = await call(FARMER, 'POST', '', { structure: world.structure, content });
    expect({ status, body }).toMatchObject({ status: 201, body: { status: 'draft', billingFrame: 'A21' } });
    return String(body['request']);
  }
  const send = (request: string, caller: CallerName = FARMER) =>
    call(caller, 'POST', `/${request}/sending`, { confirmed: true });
  const treat = (request: string, body: object, caller: CallerName = OFFICER) =>
    call(caller, 'POST', `/${request}/status`, body);
  async function sent(): Promise<string> {
    const request = await saved();
    expect(await send(request)).toMatchObject({ status: 200, body: { sent: true } });
    return request;
  }
  async function listed(caller: CallerName, query: string): Promise<readonly RefundRequestSummary[]> {
    const { status, body } = await call(caller, 'GET', `?${query}`);
    expect(status).toBe(200);
    return body['items'] as readonly RefundRequestSummary[];
  }

  it('R29 saves a request of which little is typed, says what is missing, computes the total and takes all of it anew', async () => {
    const request = await saved({ tax: 'TIC', comment: ' ', lines: [{ number: 'G-1', amount: '', file: null }] });
    const { body } = await call('simple', 'GET', `/${request}`);
    expect(body).toMatchObject({ content: { tax: 'TIC', lines: [{ number: 'G-1' }] }, total: null, number: null });
    expect((body['missing'] as { field: string }[]).map(({ field }) => field)).toEqual(
      expect.arrayContaining(['period.start', 'recipient', 'bankDetails', 'lines[0].amount', 'lines[0].file']),
    );
    const next = await call(FARMER, 'PUT', `/${request}`, { content: complete() });
    expect(next).toMatchObject({ status: 200, body: { total: '146.95', missing: [], statusLabel: 'Brouillon' } });
  });

  it('R29 says without confirmation what keeps it from being sent, and sends nothing', async () => {
    const request = await saved(complete({ bankDetails: randomUUID() }));
    expect(await call(FARMER, 'POST', `/${request}/sending`, {})).toMatchObject({
      status: 200,
      body: { sent: false, number: null, missing: [], obstacle: { code: 'RTE-006' } },
    });
    expect(await send(request)).toMatchObject({ status: 409, body: { code: 'RTE-006' } });
    await call(FARMER, 'PUT', `/${request}`, { content: complete({ recipient: world.partner, lines: [] }) });
    expect(await send(request)).toMatchObject({ status: 409, body: { code: 'RTE-005' } });
    const closed: StructureEvent = {
      type: 'SpaceClosed',
      data: { space: 'ENERGY_TAX_REFUNDS', service: null, by: 'operator' },
    };
    await world.record([structureStream(world.partner), closed]);
    await call(FARMER, 'PUT', `/${request}`, { content: complete({ recipient: world.partner }) });
    expect(await send(request)).toMatchObject({ status: 409, body: { code: 'RTE-007' } });
    expect((await call(FARMER, 'GET', `/${request}`)).body).toMatchObject({ status: 'draft' });
  });

  it('R29 sends it once under a number, has it treated by whom it went to, and shows its way', async () => {
    const request = await saved();
    expect(await call(FARMER, 'POST', `/${request}/sending`, {})).toMatchObject({
      body: { sent: false, obstacle: null },
    });
    expect((await call(OFFICER, 'GET', `/${request}`)).status).toBe(404);
    const [first, again] = [await send(request), await send(request)];
    expect(first).toMatchObject({
      status: 200,
      body: { sent: true, number: expect.stringMatching(/^TIC-\d{4}-\d{8}$/) as string },
    });
    expect(again.body['number']).toBe(first.body['number']);
    expect(await call(FARMER, 'PUT', `/${request}`, { content: {} })).toMatchObject({
      status: 409,
      body: { code: 'RTE-002' },
    });
    expect(await call(FARMER, 'DELETE', `/${request}`)).toMatchObject({ status: 409, body: { code: 'RTE-002' } });

    expect((await treat(request, { status: 'received' }, FARMER)).status).toBe(403);
    expect(await treat(request, { status: 'paid' })).toMatchObject({ status: 409, body: { code: 'RTE-008' } });
    for (const status of ['received', 'accepted']) expect((await treat(request, { status })).status).toBe(204);
    expect((await treat(request, { status: 'paid' }, 'operator')).status).toBe(204);
    await api.project();
    const { body } = await call('simple', 'GET', `/${request}`);
    expect(body).toMatchObject({ status: 'paid', statusLabel: 'Mise en paiement', number: first.body['number'] });
    expect((body['history'] as { statusLabel: string }[]).map(({ statusLabel }) => statusLabel)).toEqual([
      'Envoyée',
      'Mise à disposition',
      'Acceptée',
      'Mise en paiement',
    ]);
  });

  it('R29 is refused with a reason that its author reads', async () => {
    const request = await sent();
    await treat(request, { status: 'received' });
    expect(await treat(request, { status: 'refused' })).toMatchObject({ status: 409, body: { code: 'RTE-009' } });
    expect((await treat(request, { status: 'refused', reason: 'Facture illisible.' })).status).toBe(204);
    expect((await call(FARMER, 'GET', `/${request}`)).body).toMatchObject({
      status: 'refused',
      reason: 'Facture illisible.',
    });
  });

  it('R24 R29 gives its files to both sides, and joins none that somebody else uploaded', async () => {
    const note = await upload('note.pdf');
    const request = await saved(complete({ supportingDocuments: [note] }));
    const file = (caller: CallerName, sha256: string) =>
      fetch(`${api.url}/api/refund-requests/${request}/files/${sha256}`, {
        headers: { authorization: `Bearer ${world.tokenOf(caller) ?? ''}` },
      });
    expect((await file(OFFICER, note.sha256)).status).toBe(404);
    await send(request);
    for (const [caller, { name, sha256, size }] of [
      [OFFICER, note],
      ['simple', invoice],
    ] as const) {
      const response = await file(caller, sha256);
      expect((await response.arrayBuffer()).byteLength).toBe(size);
      expect(response.headers.get('content-disposition')).toContain(name);
    }
    expect((await file(OFFICER, 'a'.repeat(64))).status).toBe(404);
    const foreign = await upload('secret.pdf', OFFICER);
    expect(
      await call(FARMER, 'POST', '', { structure: world.structure, content: { supportingDocuments: [foreign] } }),
    ).toMatchObject({ status: 409, body: { code: 'RTE-003' } });
  });

  it('R24 R29 lets a colleague go on with a draft whose files somebody else joined', async () => {
    const request = await saved();
    const content = complete({ comment: 'Relu.' });
    expect(await call('own', 'PUT', `/${request}`, { content })).toMatchObject({
      status: 200,
      body: { content: { comment: 'Relu.' }, missing: [] },
    });
  });

  it('R29 keeps what was typed under a key of the request, which goes with a draft that is deleted', async () => {
    const request = await saved(complete({ comment: 'Demander à Camille Durand.' }));
    const { rows } = await api.store.pool.query<{ data: string }>(
      'SELECT data::text FROM es.events WHERE stream_id = $1',
      [refundRequestStream(request)],
    );
    expect(rows.map(({ data }) => data).join()).toContain(request);
    expect(rows.map(({ data }) => data).join()).not.toContain('Durand');
    expect((await call(FARMER, 'DELETE', `/${request}`)).status).toBe(204);
    const keys = await api.store.pool.query('SELECT wrapped_key FROM vault.person_keys WHERE person = $1', [request]);
    expect(keys.rows).toEqual([{ wrapped_key: null }]);
    expect(await call(FARMER, 'GET', `/${request}`)).toMatchObject({ status: 404, body: { code: 'RTE-404' } });
    await api.project();
    expect(await listed(FARMER, `structure=${world.structure}&limit=500`)).not.toContainEqual(
      expect.objectContaining({ request }),
    );
  });

  it('R29 destroys the key of a draft whose deleting was cut off after its event', async () => {
    const request = await saved();
    const deleted: RefundRequestEvent = { type: 'RefundRequestDeleted', data: { request, by: 'test' } };
    await world.record([refundRequestStream(request), deleted]);
    await api.project();
    const keys = await api.store.pool.query('SELECT wrapped_key FROM vault.person_keys WHERE person = $1', [request]);
    expect(keys.rows).toEqual([{ wrapped_key: null }]);
  });

  it('R29 lists what a structure asked for and what it received, the latest first, by page and by filter', async () => {
    const [draft, one, two] = [await saved({ tax: 'TIC' }), await sent(), await sent()];
    await treat(two, { status: 'received' });
    await api.project();
    const issued = `structure=${world.structure}`;
    const page = await call('simple', 'GET', `?${issued}&limit=2`);
    expect((page.body['items'] as RefundRequestSummary[]).map(({ request }) => request)).toEqual([two, one]);
    const [next] = await listed('simple', `${issued}&limit=2&after=${String(page.body['next'])}`);
    expect(next).toMatchObject({ request: draft, status: 'draft', tax: 'TIC', lines: 0, total: null });

    const received = `box=received&structure=${world.elsewhere}&limit=500`;
    const inbox = await listed(OFFICER, received);
    expect(inbox.map(({ request }) => request).slice(0, 2)).toEqual([two, one]);
    expect(inbox[0]).toMatchObject({ structureName: `Structure ${world.structure}`, total: '146.95', missing: 0 });
    expect(inbox.map(({ status }) => status)).not.toContain('draft');
    expect((await listed(OFFICER, `${received}&status=received`)).map(({ request }) => request)).toContain(two);
    expect(await listed(OFFICER, `${received}&tax=TIC`)).toEqual([]);
    const number = inbox[1]?.number ?? '';
    expect((await listed('operator', `number=${number}`)).map(({ request }) => request)).toEqual([one]);
    expect(await call(FARMER, 'GET', '')).toMatchObject({ status: 400, body: { code: 'RTE-400' } });
    expect((await call('own', 'GET', '')).body['total']).toBe((await call(FARMER, 'GET', `?${issued}`)).body['total']);
  });

  it.each([
    ['an amount with three decimals', { lines: [{ amount: '1.234' }] }],
    ['a tax that is none', { tax: 'TVA' }],
    ['a total that is typed', { total: '1.00' }],
    ['a file with a path', { lines: [{ file: { name: '../a.pdf', sha256: 'a'.repeat(64), size: 1 } }] }],
  ])('R29 refuses a request with %s', async (_, content) => {
    expect(await call(FARMER, 'POST', '', { structure: world.structure, content })).toMatchObject({
      status: 400,
      body: { code: 'SRV-400' },
    });
  });

  it('R29 takes a request of a thousand lines', async () => {
    const [line = {}] = complete().lines ?? [];
    const lines = Array.from({ length: 1000 }, (_, place) => ({ ...line, number: `G-${place}`, amount: '0.01' }));
    const request = await saved(complete({ lines }));
    expect((await call(FARMER, 'GET', `/${request}`)).body).toMatchObject({ total: '10.00', missing: [] });
  });
});
