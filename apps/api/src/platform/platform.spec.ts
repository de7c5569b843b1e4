import { catalogue } from '#einvoice';
import { EventStore } from '#events';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { OPERATOR_KEY } from '../testing/test-api.js';

/** What everyone may call: health, the catalogue, and what people do who are not signed in yet (R01). */
const OPEN =
  /^get (\/health|(\/api)?\/catalogue|\/api\/asyncapi\.json$|\/api\/session|\/(activation|new-password|link-page\.js)$)|^post \/api\/(session|accounts(\/activation.*|\/password.*)?)$/;

describe('the platform routes and the problem documents of the API', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi();
  });

  afterAll(() => api.close());

  const get = (path: string) => fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${OPERATOR_KEY}` } });
  async function post(path: string, body: unknown, raw = JSON.stringify(body)) {
    const headers = { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' };
    const response = await fetch(`${api.url}${path}`, { method: 'POST', headers, body: raw });
    const text = await response.text();
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }

  it('R43 gives the catalogue of every rule and code', async () => {
    const { items, total } = (await (await get('/api/catalogue')).json()) as { items: unknown[]; total: number };
    expect(total).toBe([...catalogue].length);
    expect(items).toHaveLength(total);
    expect(items[0]).toMatchObject({
      code: expect.any(String) as string,
      fr: expect.any(String) as string,
      action: expect.any(String) as string,
    });
  });

  it('R61 serves OpenAPI 3.1 with every route and the key that opens them, and its pages', async () => {
    const document = (await (await get('/api/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { security?: unknown; summary: string }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/flows/{flowNumber}');
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, { summary, security }] of Object.entries(methods)) {
        expect(summary).toMatch(/./);
        expect([method, path, security !== undefined]).toEqual([method, path, !OPEN.test(`${method} ${path}`)]);
      }
    const pages = await get('/api/docs');
    expect([pages.status, pages.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });

  it('R61 sends the headers that keep a browser from mischief, and does not say what it runs on', async () => {
    const headers = (await get('/api/catalogue')).headers;
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it.each(['/nowhere', '/api', '/api/flows/a/b/c', '/%00', '/..%2f..%2fetc/passwd'])(
    'R61 answers a problem for the address %s',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await response.json()).toEqual({
        type: 'urn:repons:probleme:SRV-404',
        title: 'Not Found',
        status: 404,
        code: 'SRV-404',
        detail: 'Rien ne se trouve à cette adresse.',
        instance: path,
      });
    },
  );

  it('R61 answers a problem for an address that cannot be decoded', async () => {
    expect((await get('/api/flows/%e0%a4%a')).status).toBe(400);
  });

  const structure = { identifier: '13002526500013', name: 'Commune', publicEntity: true };
  const connection = { applicationCode: 'NEW001', structure: '13002526500013', name: 'Commune' };
  it.each([
    ['/api/structures', {}, 3],
    ['/api/structures', { ...structure, identifier: '' }, 1],
    ['/api/structures', { ...structure, identifier: ['13002526500013'] }, 1],
    ['/api/structures', { ...structure, name: '' }, 1],
    ['/api/structures', { ...structure, name: 'x'.repeat(100) }, 1],
    ['/api/structures', { ...structure, publicEntity: 'oui' }, 1],
    ['/api/structures', { ...structure, role: 'operator' }, 1],
    ['/api/structures', [], 3],
    ['/api/structures/OLD1/deactivate', { successor: '../..' }, 1],
    ['/api/connections', {}, 3],
    ['/api/connections', { ...connection, applicationCode: 'new001' }, 1],
    ['/api/connections', { ...connection, publicKey: 'ssh-ed25519 AAAA\nssh-rsa BBBB' }, 1],
    ['/api/connections', { ...connection, publicKey: 'command="sh" ssh-ed25519 AAAA' }, 1],
    ['/api/connections', { ...connection, apiKey: 'la-mienne' }, 1],
  ])('R02 R50 %s refuses %j and says each fault', async (path, sent, faults) => {
    const { status, type, body, text } = await post(path, sent);
    expect([status, body['code']]).toEqual([400, 'SRV-400']);
    expect(type).toMatch(/^application\/problem\+json/);
    expect((body['faults'] as string[]).length).toBeGreaterThanOrEqual(faults);
    expect(body['detail']).toBe('La demande n’est pas conforme à ce que cette route attend.');
    expect(text).not.toMatch(/\.js:\d+|node_modules|at .*\(/);
  });

  it('R02 STR-001 R50 RAC-001 answers a conflict with the code of the decider', async () => {
    expect((await post('/api/structures', structure)).status).toBe(201);
    expect(await post('/api/structures', structure)).toMatchObject({
      status: 409,
      body: { code: 'STR-001', title: 'Conflict' },
    });
    expect(await post('/api/structures/UNKNOWN/deactivate', {})).toMatchObject({
      status: 409,
      body: { code: 'STR-003' },
    });
    expect((await post('/api/connections', connection)).body).toMatchObject({
      apiKey: expect.stringMatching(/^rep_/) as string,
    });
    expect(await post('/api/connections', connection)).toMatchObject({ status: 409, body: { code: 'RAC-001' } });
    expect(await post('/api/connections', { ...connection, applicationCode: 'CPP001' })).toMatchObject({
      status: 409,
      body: { code: 'RAC-002' },
    });
  });

  it.each([
    ['a body that is too large', JSON.stringify({ ...structure, name: 'x'.repeat(300_000) }), 413],
    ['a body that is not JSON', '{"identifier":', 400],
    ['a body that is a bare value', '"x"', 400],
  ])('R61 answers a problem for %s', async (_, raw, expected) => {
    const { status, type, body, text } = await post('/api/structures', null, raw);
    expect(status).toBe(expected);
    expect(type).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ code: `SRV-${expected}`, status: expected, instance: '/api/structures' });
    expect(text).not.toMatch(/\.js:\d+|node_modules/);
  });

  it('R61 hides a failure of its own behind a problem without a trace of it', async () => {
    const pool = api.store.pool;
    const query = pool.query.bind(pool);
    pool.query = () => Promise.reject(new Error('canari: password authentication failed'));
    try {
      const response = await fetch(`${api.url}/api/rejects`, { headers: { authorization: `Bearer ${api.keys.own}` } });
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(JSON.parse(text)).toMatchObject({ code: 'SRV-001', status: 500, instance: '/api/rejects' });
      expect(text).not.toMatch(/canari|\.js:\d+|node_modules/);
    } finally {
      pool.query = query;
    }
  });

  it('R61 lives, and is ready while its database answers', async () => {
    const [live, ready] = await Promise.all([get('/health/live'), get('/health/ready')]);
    expect([live.status, await live.json()]).toEqual([200, { status: 'up' }]);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'up' }]);
  });

  it('R61 is not ready without its database, and lives on', async () => {
    await api.database.drop();
    const ready = await get('/health/ready');
    expect([ready.status, await ready.json(), ready.headers.get('retry-after')]).toEqual([
      503,
      { status: 'down' },
      '5',
    ]);
    expect((await get('/health/live')).status).toBe(200);
    expect(api.app.get(EventStore)).toBe(api.store);
  });
});
