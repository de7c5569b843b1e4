import { linesOf, type Asked } from '../../../../test/support/access/access-matrix.js';
import { AccessWorld } from '../../../../test/support/access/access-world.js';
import { CALLER_NAMES, CALLERS, COLUMNS, type CallerName } from '../../../../test/support/access/callers.js';
import { accessMatrix } from '../../../../test/support/access/index.js';
import { SEES_INVOICES } from '../../../../test/support/access/invoices.js';
import { REFUSED_LINES } from '../../../../test/support/access/structures.js';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { openApiDocument } from '../create-api.js';

/** What refuses a right. A path that no route has (`SRV-404`) and a body that is refused are not among them. */
const REFUSALS: Readonly<Record<number, RegExp>> = {
  401: /^AUTH-001$/,
  403: /^(AUTH-00[23]|FLX-010|EVT-003)$/,
  404: /^(?:(?:FLX|REJ|RTE|STR|SOL|FAC|COM|WHK)-404|AUTH-012)$/,
};

const lines = linesOf(accessMatrix);

describe('access to the API', () => {
  let api: OwnApi;
  let world: AccessWorld;

  beforeAll(async () => {
    api = await startOwnApi();
    world = await AccessWorld.open(api);
  });

  afterAll(() => api.close());

  async function call(caller: CallerName, route: string, asked: Asked = {}): Promise<Response> {
    const [method = '', template = ''] = route.split(' ');
    const { params = {}, query = {}, body } = asked;
    const named: Readonly<Record<string, string>> = { identifier: world.structure, ...params };
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(named[name] ?? ''));
    const token = asked.token ?? world.tokenOf(caller);
    const type = typeof body === 'string' ? 'application/octet-stream' : 'application/json';
    return fetch(`${api.url}${path}?${new URLSearchParams(query).toString()}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** The status, with the code of what is refused where it is not one that refuses a right. */
  async function verdictOf(response: Response): Promise<number | string> {
    const { status } = response;
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('text/event-stream')) {
      await response.body?.cancel(); // it would go on for as long as somebody listens
      return status;
    }
    const text = await response.text();
    const refusal = REFUSALS[status];
    if (status < 400 || (status === 409 && type.startsWith('application/problem+json'))) return status;
    if (!type.startsWith('application/problem+json')) return `${status} ${type}`;
    const { code, detail } = JSON.parse(text) as { code: string; detail: string };
    return refusal?.test(code) === true ? status : `${status} ${code} ${detail}`;
  }

  it('R09 has a line in the matrix for every route that there is', () => {
    const { paths } = openApiDocument(api.app);
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(Object.keys(accessMatrix).sort());
  });

  it.each(lines.map(({ route, line }) => [route, line.when ?? 'always', line] as const))(
    'R09 R44 %s (%s) answers each caller as the matrix says',
    async (route, _, { answers, ask, reads }) => {
      const asked = new Map<CallerName, Asked>();
      for (const caller of CALLER_NAMES) asked.set(caller, (await ask?.(world, caller)) ?? {});
      if (reads === true) await api.project();
      const [expected, found] = [new Map<CallerName, number>(), new Map<CallerName, number | string>()];
      for (const caller of CALLER_NAMES) {
        expected.set(caller, answers[COLUMNS.indexOf(CALLERS[caller])] ?? 0);
        found.set(caller, await verdictOf(await call(caller, route, asked.get(caller))));
      }
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    },
  );

  it.each(['own', 'other', 'operator'] as const)(
    'R09 R44 the lists of flows and rejects of the caller "%s" hold what it may see and nothing else',
    async (caller) => {
      const [flows, rejects] = await Promise.all(
        [call(caller, 'GET /api/flows'), call(caller, 'GET /api/rejects', { query: { day: '2026-11-19' } })].map(
          async (response) => (await (await response).json()) as { items: object[]; total: number },
        ),
      );
      const mine = caller !== 'other';
      expect(JSON.stringify(flows).includes(world.flow)).toBe(mine);
      expect(rejects?.items.length).toBe(mine ? 1 : 0);
    },
  );

  it.each(SEES_INVOICES)(
    'R09 the lists of invoices of the caller "%s" hold those of the structure: %s',
    async (caller, sees) => {
      const party = { identifier: world.structure, name: null };
      const ids = {
        received: await world.invoice({ recipient: party }),
        issued: await world.invoice({ issuer: party }),
      };
      await api.project();
      for (const [list, id] of Object.entries(ids)) {
        const response = await call(caller, 'GET /api/invoices', { query: { list, limit: '500' } });
        const { items } = (await response.json()) as { items: { id: string }[] };
        expect(items.some((item) => item.id === id)).toBe(sees);
      }
    },
  );

  it.each(REFUSED_LINES)(
    'R10 every line of a command on several structures is refused to the caller "%s": %s',
    async (caller, code) => {
      for (const route of ['POST /api/attachments', 'POST /api/rights/duplicate', 'POST /api/rights/bulk']) {
        const line = lines.find((one) => one.route === route)?.line;
        const response = await call(caller, route, await line?.ask?.(world, caller));
        const { lines: done } = (await response.json()) as { lines: readonly object[] };
        expect(done).toEqual([expect.objectContaining({ outcome: 'refused', code })]);
      }
    },
  );

  it.each([
    { sender: '55208131766522' },
    { sender: '55208131766522', day: '2026-11-19' },
    { sender: '*' },
    { sender: '%' },
    { sender: "' OR '1'='1" },
  ])('R44 another connection finds nothing with %j', async (query) => {
    const response = await call('other', 'GET /api/rejects', { query: { ...query } });
    expect(await response.json()).toMatchObject({ items: [], total: 0 });
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
  ])('R01 R50 does not take %s for a key', async (_, header) => {
    for (const key of [api.keys.own, api.keys.operator, world.person('primary').token]) {
      const response = await fetch(`${api.url}/api/spaces`, { headers: { authorization: header(key) } });
      expect(response.status).toBe(401);
    }
  });

  it('R50 tells nothing of the key that was tried', async () => {
    const response = await fetch(`${api.url}/api/flows`, { headers: { authorization: 'Bearer canari-canari-canari' } });
    expect(JSON.stringify([...response.headers]) + (await response.text())).not.toContain('canari');
  });
});
