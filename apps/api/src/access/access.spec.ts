import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { openApiDocument } from '../create-api.js';
import { endedFlow, recordOnFlow, depositedFlow, REJECT_DAY } from '../testing/test-api.js';

/** Who calls, in the order of the columns of the matrix. */
const callers = ['none', 'wrong', 'other', 'own', 'operator'] as const;
type CallerName = (typeof callers)[number];
type Answers = readonly [none: number, wrong: number, other: number, own: number, operator: number];

interface Call {
  readonly answers: Answers;
  /** Path to call, when the route has parameters; query included. */
  readonly path?: (facts: Facts) => string;
  readonly body?: (facts: Facts) => object | string;
}

interface Facts {
  readonly flow: string;
  readonly incident: string;
  readonly caller: CallerName;
}

const everyone: Answers = [200, 200, 200, 200, 200];
const codeOf: Readonly<Record<CallerName, string>> = { none: 'A', wrong: 'B', other: 'C', own: 'D', operator: 'E' };

/** Every route of the API and what it answers to each caller. Somebody else's is not found, and never forbidden. */
const matrix: Readonly<Record<string, Call>> = {
  'GET /health/live': { answers: everyone },
  'GET /health/ready': { answers: everyone },
  'GET /api/catalogue': { answers: everyone },
  'GET /api/catalogue/{rule}': { answers: everyone, path: () => '/api/catalogue/BR-CO-10' },
  'GET /catalogue': { answers: everyone },
  'GET /api/flows': { answers: [401, 401, 200, 200, 200] },
  'POST /api/flows': {
    answers: [401, 401, 202, 202, 403],
    path: () => '/api/flows?interfaceCode=FSO1100A',
    body: ({ caller }) => `<facture de="${caller}"/>`,
  },
  'GET /api/flows/{flowNumber}': { answers: [401, 401, 404, 200, 200], path: ({ flow }) => `/api/flows/${flow}` },
  'GET /api/flows/{flowNumber}/invoices': {
    answers: [401, 401, 404, 200, 200],
    path: ({ flow }) => `/api/flows/${flow}/invoices`,
  },
  'POST /api/flows/{flowNumber}/replay': {
    answers: [401, 401, 403, 403, 202],
    path: ({ incident }) => `/api/flows/${incident}/replay`,
  },
  'GET /api/rejects': { answers: [401, 401, 200, 200, 200] },
  'GET /api/rejects/{day}/{sender}': {
    answers: [401, 401, 404, 200, 200],
    path: () => `/api/rejects/${REJECT_DAY}/55208131766522`,
  },
  'POST /api/structures': {
    answers: [401, 401, 403, 403, 201],
    body: ({ caller }) => ({ identifier: `STR${codeOf[caller]}`, name: 'Commune', publicEntity: true }),
  },
  'POST /api/structures/{identifier}/deactivate': {
    answers: [401, 401, 403, 403, 204],
    path: () => '/api/structures/OLD1/deactivate',
    body: () => ({}),
  },
  'POST /api/invoices/validate': { answers: [401, 401, 200, 200, 200], body: () => '<facture/>' },
  'PUT /api/structures/{identifier}/requirements': {
    answers: [401, 401, 403, 403, 204],
    path: () => '/api/structures/ASKS1/requirements',
    body: () => ({ serviceCode: true, commitmentNumber: false, serviceCodeOrCommitmentNumber: false }),
  },
  'PUT /api/structures/{identifier}/exclusion': {
    answers: [401, 401, 403, 403, 204],
    path: () => '/api/structures/ASKS1/exclusion',
    body: () => ({ reason: 'Comité des œuvres sociales' }),
  },
  'PUT /api/structures/{identifier}/services/{code}': {
    answers: [401, 401, 403, 403, 204],
    path: () => '/api/structures/ASKS1/services/COMPTA',
    body: () => ({ name: 'Comptabilité' }),
  },
  'POST /api/connections': {
    answers: [401, 401, 403, 403, 201],
    body: ({ caller }) => ({ applicationCode: `NEW00${codeOf[caller]}`, structure: 'OLD1', name: 'Commune' }),
  },
};

describe('access to the API', () => {
  let api: OwnApi;
  let flow: string;
  let incident: string;

  beforeAll(async () => {
    api = await startOwnApi();
    flow = await endedFlow(api, 1, 1);
    incident = await depositedFlow(api);
    await recordOnFlow(api, incident, [{ type: 'FlowIncidentRaised', data: { reason: 'disque plein' } }]);
    for (const identifier of ['OLD1', 'ASKS1'])
      await call('operator', 'POST', '/api/structures', { identifier, name: 'Ancienne', publicEntity: true });
  });

  afterAll(() => api.close());

  function keyOf(caller: CallerName): string | null {
    if (caller === 'none') return null;
    return caller === 'wrong' ? `rep_${'x'.repeat(43)}` : api.keys[caller];
  }

  function call(caller: CallerName, method: string, path: string, body?: object | string): Promise<Response> {
    const key = keyOf(caller);
    const type = typeof body === 'string' ? 'application/octet-stream' : 'application/json';
    return fetch(`${api.url}${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  it('R09 has a line in the matrix for every route that there is', () => {
    const { paths } = openApiDocument(api.app);
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(Object.keys(matrix).sort());
  });

  it.each(
    Object.entries(matrix).flatMap(([route, { answers }]) =>
      callers.map((caller, index) => [route, caller, answers[index] ?? 0] as const),
    ),
  )('R09 R44 %s for the caller "%s": %i', async (route, caller, expected) => {
    const [method = '', template = ''] = route.split(' ');
    const { path, body } = matrix[route] ?? { answers: everyone };
    const facts = { flow, incident, caller };
    const response = await call(caller, method, path?.(facts) ?? template, body?.(facts));
    const text = await response.text();
    expect(response.status).toBe(expected);
    if (expected < 400) return;
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const codes: Readonly<Record<number, RegExp>> = {
      401: /^AUTH-001$/,
      403: /^(AUTH-002|FLX-010)$/,
      404: /^(FLX|REJ)-404$/,
    };
    expect((JSON.parse(text) as { code: string }).code).toMatch(codes[expected] ?? /^$/);
  });

  it.each(['own', 'other', 'operator'] as const)(
    'R09 R44 the lists of the caller "%s" hold what it may see and nothing else',
    async (caller) => {
      const [flows, rejects] = await Promise.all(
        ['/api/flows', '/api/rejects?day=2026-11-19'].map(
          async (path) => (await (await call(caller, 'GET', path)).json()) as { items: object[]; total: number },
        ),
      );
      const mine = caller !== 'other';
      expect(JSON.stringify(flows).includes(flow)).toBe(mine);
      expect(rejects?.items.length).toBe(mine ? 1 : 0);
    },
  );

  it.each([
    '?sender=55208131766522',
    '?sender=55208131766522&day=2026-11-19',
    '?sender=*',
    '?sender=%25',
    "?sender=' OR '1'='1",
  ])('R44 another connection finds nothing with %s', async (query) => {
    expect(await (await call('other', 'GET', `/api/rejects${query}`)).json()).toMatchObject({ items: [], total: 0 });
  });

  it.each([
    ['another scheme', (key: string) => `Basic ${key}`],
    ['no scheme', (key: string) => key],
    ['a small letter', (key: string) => `bearer ${key}`],
    ['two blanks', (key: string) => `Bearer  ${key}`],
    ['a key too many', (key: string) => `Bearer ${key} ${key}`],
    ['a part of the key', (key: string) => `Bearer ${key.slice(0, -1)}`],
    ['the digest of nothing', () => `Bearer ${'0'.repeat(64)}`],
    ['a very long key', (key: string) => `Bearer ${key.repeat(20)}`],
  ])('R50 does not take %s for a key', async (_, header) => {
    for (const key of [api.keys.own, api.keys.operator]) {
      const response = await fetch(`${api.url}/api/flows`, { headers: { authorization: header(key) } });
      expect(response.status).toBe(401);
    }
  });

  it('R50 tells nothing of the key that was tried', async () => {
    const response = await fetch(`${api.url}/api/flows`, { headers: { authorization: 'Bearer canari-canari-canari' } });
    expect(JSON.stringify([...response.headers]) + (await response.text())).not.toContain('canari');
  });
});
