import { flowStream } from '#domain';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { endedFlow, depositedFlow, OPERATOR_KEY, recordOnFlow } from '../testing/test-api.js';

const MAX_BYTES = 100_000;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

describe('the flows of the API', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi({ FLOW_MAX_BYTES: String(MAX_BYTES) });
  });

  afterAll(() => api.close());

  async function call(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${api.keys.own}`,
      ...(init.headers as Record<string, string> | undefined),
    };
    const response = await fetch(`${api.url}${path}`, { ...init, method, headers });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Answer['body']),
    };
  }
  const get = (path: string) => call('GET', path);
  const nextOf = (body: Answer['body']): string | null => body['next'] as string | null;
  const deposit = (query: string, body: string, headers: Record<string, string> = {}) =>
    call('POST', `/api/flows${query}`, { body, headers: { 'content-type': 'application/octet-stream', ...headers } });
  const eventsOf = async (flowNumber: string) => {
    const types: string[] = [];
    for await (const { type } of api.store.readStream(flowStream(flowNumber))) types.push(type);
    return types;
  };

  /** A body in chunks, without a size; the answer may come before its end. */
  async function depositChunked(
    pieces: Iterable<Buffer>,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Record<string, unknown> }> {
    const sent = request(`${api.url}/api/flows?interfaceCode=FSO1100A`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.keys.own}`, 'content-type': 'application/octet-stream' },
    });
    sent.on('error', () => undefined); // the platform may hang up on a body that is too large
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    for (const piece of pieces) sent.write(piece);
    sent.end();
    const [response] = await answered;
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
    };
  }

  describe('deposit', () => {
    it('R40 answers 202 with the number of the flow and where to follow it', async () => {
      const { status, headers, body } = await deposit('?interfaceCode=FSO1100A', '<facture n="1"/>');
      expect(status).toBe(202);
      expect(body).toEqual({
        flowNumber: expect.stringMatching(/^CPP0011100\d{15}$/) as string,
        name: expect.any(String) as string,
        repeated: false,
      });
      expect(headers.get('location')).toBe(`/api/flows/${String(body['flowNumber'])}`);
      expect(await eventsOf(String(body['flowNumber']))).toEqual(['FlowDeposited']);
    });

    it('R41 takes a body in chunks, without a size, and keeps its bytes', async () => {
      const pieces = Array.from({ length: 50 }, (_, index) => Buffer.alloc(1_000, index + 1));
      const { status, body } = await depositChunked(pieces);
      expect(status).toBe(202);
      await api.project();
      const report = await get(`/api/flows/${String(body['flowNumber'])}`);
      const sha256 = createHash('sha256').update(Buffer.concat(pieces)).digest('hex');
      expect(report.body).toMatchObject({ status: 'received', bytes: 50_000, sha256, channel: 'API', reasons: [] });
    });

    it('R41 one byte over the limit is a rejected flow with its reason, announced or not', async () => {
      const announced = await deposit('?interfaceCode=FSO1100A', 'x'.repeat(MAX_BYTES + 1));
      const chunked = await depositChunked([Buffer.alloc(MAX_BYTES, 1), Buffer.alloc(1)]);
      for (const { status, body } of [announced, chunked]) {
        expect(status).toBe(413);
        expect(body).toMatchObject({ code: 'IRR_TAILLE', reasons: [{ rule: 'FLOW-TOO-LARGE' }] });
        expect(await eventsOf(String(body['flowNumber']))).toEqual(['FlowDeposited', 'FlowRefused']);
      }
      expect((await deposit('?interfaceCode=FSO1100A', 'x'.repeat(MAX_BYTES))).status).toBe(202);
    });

    it('R40 R46 tells a repetition from a try again', async () => {
      const key = randomUUID();
      const first = await deposit('?interfaceCode=FSO1100A', '<facture n="2"/>', { 'idempotency-key': key });
      const tried = await deposit('?interfaceCode=FSO1100A', '<facture n="2"/>', { 'idempotency-key': key });
      const repeated = await deposit('?interfaceCode=FSO1100A', '<facture n="2"/>');
      expect([tried.status, tried.body]).toEqual([202, first.body]);
      expect([repeated.status, repeated.body]).toEqual([202, { ...first.body, repeated: true }]);
    });

    it.each(['', 'pas-un-uuid', `${randomUUID()} `.repeat(2)])(
      'R40 FLX-012 wants a UUID for an Idempotency-Key, not %j',
      async (key) => {
        expect(await deposit('?interfaceCode=FSO1100A', 'x', { 'idempotency-key': key })).toMatchObject({
          status: 400,
          body: { code: 'FLX-012' },
        });
      },
    );

    it.each([
      '',
      '?interfaceCode=FSO9999A',
      '?interfaceCode=',
      `?name=${'x'.repeat(201)}`,
      '?name=a&name=b',
      '?name[]=a',
      '?name[length]=3',
      '?interfaceCode=FSO1100A&interfaceCode=FSO1100A',
    ])('R40 FLX-011 wants one name or one interface, not %j', async (query) => {
      expect(await deposit(query, 'x')).toMatchObject({ status: 400, body: { code: 'FLX-011' } });
    });

    it.each([
      ['factures.xml', 'IRR_FORM'],
      ['FSO1100A_OTH001_OTH0011100000000000000001', 'IRR_CODE_APP'],
      ['a\r\nSet-Cookie: canari=1\r\n\r\n<script>', 'IRR_FORM'],
      ['nul\u0000ici', 'IRR_FORM'],
      ['"; filename="x', 'IRR_FORM'],
      ['\u202efdp.exe', 'IRR_FORM'],
    ])(
      'R40 R44 answers 422 to the name %j, with the number of the refused flow, and can show it afterwards',
      async (name, code) => {
        const { status, headers, body } = await deposit(`?name=${encodeURIComponent(name)}`, `<facture n="${name}"/>`);
        expect([status, body['code']]).toEqual([422, code]);
        expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
        expect([...headers].map(([header]) => header)).not.toContain('set-cookie');
        expect(await eventsOf(String(body['flowNumber']))).toEqual(['FlowDeposited', 'FlowRefused']);
        await api.project();
        const report = await get(`/api/flows/${String(body['flowNumber'])}`);
        expect(report.body).toMatchObject({
          status: 'rejected',
          name: name.replace('\0', '\ufffd'),
          reasons: [{ code }],
        });
      },
    );

    it('R40 FLX-010 an operator has no connection to deposit with', async () => {
      const headers = { authorization: `Bearer ${api.keys.operator}` };
      expect(await deposit('?interfaceCode=FSO1100A', 'x', headers)).toMatchObject({
        status: 403,
        body: { code: 'FLX-010' },
      });
    });

    it('R40 takes JSON and forms for what they are: bytes', async () => {
      for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
        const { status, body } = await deposit('?interfaceCode=FSO1100A', `{"n":"${type}"}`, { 'content-type': type });
        expect(status).toBe(202);
        await api.project();
        const report = await get(`/api/flows/${String(body['flowNumber'])}`);
        expect(report.body['bytes']).toBe(`{"n":"${type}"}`.length);
      }
    });
  });

  describe('reports', () => {
    it('R45 the report of a flow has its counts, and the result of each invoice is paged by rank', async () => {
      const flow = await endedFlow(api, 0, 5);
      expect((await get(`/api/flows/${flow}`)).body).toMatchObject({
        flowNumber: flow,
        status: 'rejected',
        container: 'zip',
        invoices: { total: 5, integrated: 0, rejected: 5, waiting: 0 },
        sender: { identifier: api.own.structure },
        incident: null,
      });
      const ranks: number[] = [];
      const sizes: number[] = [];
      for (let next: string | null = '0'; next !== null;) {
        const { body }: Answer = await get(`/api/flows/${flow}/invoices?outcome=rejected&limit=2&after=${next}`);
        const items = body['items'] as { rank: number }[];
        expect(body['total']).toBe(5);
        ranks.push(...items.map(({ rank }) => rank));
        sizes.push(items.length);
        next = nextOf(body);
      }
      expect([ranks, sizes]).toEqual([
        [1, 2, 3, 4, 5],
        [2, 2, 1],
      ]);
      expect((await get(`/api/flows/${flow}/invoices?outcome=integrated`)).body).toEqual({
        items: [],
        total: 0,
        next: null,
      });
    });

    it('R45 a flow that is being processed says what is waiting', async () => {
      const flow = await depositedFlow(api);
      await recordOnFlow(api, flow, [
        { type: 'FlowSplit', data: { container: 'xml-batch', invoices: 10, ignoredMembers: 0, unpackedBytes: 1 } },
        { type: 'FlowBatchRecorded', data: { upToRank: 4, integrated: 4, rejected: 0 } },
      ]);
      expect((await get(`/api/flows/${flow}`)).body).toMatchObject({
        status: 'processing',
        invoices: { total: 10, integrated: 4, rejected: 0, waiting: 6 },
        completedAt: null,
      });
    });

    it('R45 flows are listed latest first, page by page, each once', async () => {
      const all = (await get('/api/flows?limit=1000')).body as unknown as {
        items: { flowNumber: string }[];
        total: number;
        next: null;
      };
      expect(all.total).toBe(all.items.length);
      expect(all.next).toBeNull();
      const paged: string[] = [];
      for (let next: string | null = '0'; next !== null;) {
        const { body }: Answer = await get(`/api/flows?limit=3&after=${next}`);
        paged.push(...(body['items'] as { flowNumber: string }[]).map(({ flowNumber }) => flowNumber));
        next = nextOf(body);
      }
      expect(paged).toEqual(all.items.map(({ flowNumber }) => flowNumber));
      expect(paged.length).toBeGreaterThan(6);
      expect((await get('/api/flows?limit=0')).body['items']).toHaveLength(1);
    });

    it.each([
      '/api/flows?after=-1',
      '/api/flows?limit=beaucoup',
      '/api/flows?limit=1e3',
      '/api/flows?after=99999999999',
      '/api/flows?limit=1&limit=2',
    ])('R45 SRV-400 refuses %s', async (path) => {
      expect(await get(path)).toMatchObject({ status: 400, body: { code: 'SRV-400', status: 400 } });
    });

    it.each(['integre', '', 'rejected&outcome=rejected'])('R45 SRV-400 refuses the outcome %j', async (outcome) => {
      const flow = await depositedFlow(api);
      expect(await get(`/api/flows/${flow}/invoices?outcome=${outcome}`)).toMatchObject({
        status: 400,
        body: { code: 'SRV-400' },
      });
    });

    it.each(['CPP0011100999999999999999', 'CPP001', '%27%20OR%201=1--', '..%2f..%2fetc', '%00', `${'9'.repeat(300)}`])(
      'R45 FLX-404 knows no flow %s',
      async (number) => {
        const { status, body } = await get(`/api/flows/${number}`);
        expect([status, body['code']]).toEqual([404, 'FLX-404']);
        expect(String(body['detail']).length).toBeLessThan(120);
      },
    );
  });

  describe('replay', () => {
    const replay = (flow: string) =>
      call('POST', `/api/flows/${flow}/replay`, { headers: { authorization: `Bearer ${OPERATOR_KEY}` } });

    it('R61 an operator has a flow in incident taken up again, once', async () => {
      const flow = await depositedFlow(api);
      await recordOnFlow(api, flow, [{ type: 'FlowIncidentRaised', data: { reason: 'disque plein' } }]);
      expect((await get(`/api/flows/${flow}`)).body).toMatchObject({ status: 'incident', incident: 'disque plein' });
      expect(await replay(flow)).toMatchObject({ status: 202, body: {} });
      expect(await eventsOf(flow)).toEqual(['FlowDeposited', 'FlowIncidentRaised', 'FlowReplayed']);
      expect(await replay(flow)).toMatchObject({ status: 409, body: { code: 'FLX-003' } });
    });

    it('R61 there is nothing to replay in a flow that does not exist', async () => {
      expect((await replay('CPP0011100999999999999999')).status).toBe(409);
      expect(await replay('x')).toMatchObject({ status: 404, body: { code: 'FLX-404' } });
    });
  });
});
