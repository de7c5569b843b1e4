import { WebhookSecrets } from '#application';
import { randomUUID } from 'node:crypto';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { signedInPerson, type SignedInPerson } from '../testing/people.js';
import { PERSONAL_DATA_KEY } from '../testing/test-api.js';
import {
  connectionOf,
  letIn,
  MINISTRY,
  readFeed,
  receivingStructure,
  TOWN,
} from '../../../../test/support/feed-world.js';

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

describe('webhooks by HTTP', () => {
  let api: OwnApi;
  let manager: SignedInPerson;
  let simple: SignedInPerson;
  let ministry: string;
  let town: string;
  const url = 'https://recevoir.exemple.fr/repons?canal=1';

  beforeAll(async () => {
    api = await startOwnApi();
    [manager, simple] = [await signedInPerson(api), await signedInPerson(api)];
    await receivingStructure(api, MINISTRY, [
      { person: manager, service: null },
      { person: simple, service: null },
    ]);
    await receivingStructure(api, TOWN, [{ person: await signedInPerson(api), service: null }]);
    ministry = await connectionOf(api, MINISTRY, 'MIN001');
    town = await connectionOf(api, TOWN, 'TWN001');
    await api.project();
  });

  afterAll(() => api.close());

  async function call(key: string, method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${api.url}/api/webhooks${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    await api.project();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }

  async function registered(key = ministry): Promise<{ id: string; secret: string }> {
    const { status, body } = await call(key, 'POST', '', { url });
    expect(status).toBe(201);
    return body as { id: string; secret: string };
  }

  it('R48 registers a webhook for a structure’s connection and managers, and tells its secret once', async () => {
    const { id, secret } = await registered();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const seen = await call(ministry, 'GET', `/${id}`);
    expect(seen.body).toMatchObject({
      id,
      structure: MINISTRY,
      url,
      status: 'active',
      failedAttempts: 0,
      nextTryAt: null,
    });
    const list = await call(manager.token, 'GET', `?structure=${MINISTRY}`);
    expect((list.body['items'] as { id: string }[]).map((one) => one.id)).toContain(id);
    const { rows } = await api.store.pool.query<{ everything: string }>(
      `SELECT (SELECT string_agg(data::text || metadata::text, ' ') FROM es.events) ||
              (SELECT string_agg(secrets::text, ' ') FROM webhook.secrets) AS everything`,
    );
    for (const text of [JSON.stringify([seen.body, list.body]), rows[0]?.everything ?? secret]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(secret.slice(6));
      expect(text).not.toContain(Buffer.from(secret.slice(6), 'base64').toString('hex'));
    }
  });

  it('R48 begins now, unless a cursor or the beginning is asked for', async () => {
    await letIn(api.store);
    await api.project();
    const end = (await readFeed(api, api.keys.operator, '?after=now')).next;
    const cursorOf = async (after?: string) => {
      const { body } = await call(ministry, 'POST', '', { url, ...(after === undefined ? {} : { after }) });
      return (await call(ministry, 'GET', `/${body['id'] as string}`)).body['cursor'];
    };
    expect(await cursorOf()).toBe(end);
    expect(await cursorOf('beginning')).toMatch(/^0+-0+$/);
    const first = (await readFeed(api, ministry, '?limit=1')).next;
    expect(await cursorOf(first)).toBe(first);
    expect(await call(ministry, 'POST', '', { url, after: 'x' })).toMatchObject({
      status: 400,
      body: { code: 'EVT-001' },
    });
  });

  it('R09 shows nobody else that a webhook is there', async () => {
    const { id } = await registered();
    const routes = [
      ['GET', `/${id}`],
      ['GET', `/${id}/deliveries`],
      ['POST', `/${id}/secret`],
      ['POST', `/${id}/disable`],
      ['POST', `/${id}/enable`],
      ['POST', `/${id}/replay`],
      ['DELETE', `/${id}`],
    ] as const;
    for (const [method, path] of routes) {
      const body = path.endsWith('replay') ? { after: 'beginning' } : method === 'POST' ? {} : undefined;
      const unknown = path.replace(id, randomUUID());
      expect((await call(town, method, path, body)).status).toBe(404);
      expect(await call(town, method, unknown, body)).toMatchObject({ status: 404, body: { code: 'WHK-404' } });
      expect((await call(simple.token, method, path, body)).status).toBe(403);
    }
    expect((await call(ministry, 'GET', `/${id}`)).body).toMatchObject({ status: 'active' });
    expect((await call(town, 'POST', '', { url, structure: MINISTRY })).status).toBe(404);
    expect((await call(town, 'GET', `?structure=${MINISTRY}`)).status).toBe(404);
    expect((await call(simple.token, 'POST', '', { url, structure: MINISTRY })).status).toBe(403);
    expect(await call(manager.token, 'GET', '')).toMatchObject({ status: 400, body: { code: 'WHK-400' } });
  });

  it.each([
    ['http://recevoir.exemple.fr/', 'WHK-001'],
    ['https://nom:secret@recevoir.exemple.fr/', 'WHK-001'],
    ['pas une adresse', 'WHK-001'],
    ['https://localhost/', 'WHK-004'],
    ['https://127.0.0.1/', 'WHK-004'],
    ['https://0x7f000001/', 'WHK-004'],
    ['https://[::ffff:169.254.169.254]/', 'WHK-004'],
  ])('R48 refuses to post to %s, and keeps nothing of it', async (bad, code) => {
    const secrets = async () =>
      (await api.store.pool.query<{ n: string }>('SELECT count(*) AS n FROM webhook.secrets')).rows[0]?.n;
    const before = await secrets();
    expect(await call(ministry, 'POST', '', { url: bad })).toMatchObject({ status: 409, body: { code } });
    expect(await secrets()).toBe(before);
  });

  it('R48 stops, starts, replays and removes a webhook', async () => {
    const { id } = await registered();
    expect((await call(manager.token, 'POST', `/${id}/disable`)).status).toBe(204);
    expect((await call(ministry, 'GET', `/${id}`)).body).toMatchObject({ status: 'disabled', disabledReason: 'ASKED' });
    expect((await call(ministry, 'POST', `/${id}/enable`)).status).toBe(204);
    expect((await call(ministry, 'GET', `/${id}`)).body).toMatchObject({ status: 'active', disabledReason: null });
    expect((await call(ministry, 'POST', `/${id}/replay`, { after: 'beginning' })).status).toBe(204);
    expect((await call(ministry, 'GET', `/${id}`)).body['cursor']).toMatch(/^0+-0+$/);
    expect(await call(ministry, 'POST', `/${id}/replay`, { after: '7' })).toMatchObject({ body: { code: 'EVT-001' } });
    expect((await call(ministry, 'DELETE', `/${id}`)).status).toBe(204);
    expect((await call(ministry, 'GET', `/${id}`)).status).toBe(404);
    expect((await call(ministry, 'POST', `/${id}/enable`)).status).toBe(404);
    const { rows } = await api.store.pool.query('SELECT FROM webhook.secrets WHERE webhook = $1', [id]);
    expect(rows).toHaveLength(0);
  });

  it('R48 gives a new secret, and keeps the former one for the hours that are asked for', async () => {
    const { id, secret } = await registered();
    const { body } = await call(ministry, 'POST', `/${id}/secret`, { overlapHours: 2 });
    const secrets = new WebhookSecrets(api.store.pool, PERSONAL_DATA_KEY);
    const goodIn = async (hours: number) =>
      (await secrets.sealedOf(id, new Date(Date.now() + hours * 3_600_000))).map((one) => secrets.open(id, one));
    expect(await goodIn(1)).toEqual([body['secret'], secret]);
    expect(await goodIn(3)).toEqual([body['secret']]);
    const { body: last } = await call(ministry, 'POST', `/${id}/secret`, { overlapHours: 0 });
    expect(await goodIn(0.01)).toEqual([last['secret']]);
    const [sealed = Buffer.alloc(0)] = await secrets.sealedOf(id, new Date());
    expect(() => secrets.open(randomUUID(), sealed)).toThrow();
    expect(() => new WebhookSecrets(api.store.pool, 'x'.repeat(40)).open(id, sealed)).toThrow();
  });

  it('R48 shows the last deliveries, the newest first', async () => {
    const { id } = await registered();
    for (const attempt of [1, 2, 3])
      await api.store.pool.query(
        `INSERT INTO webhook.deliveries (webhook, event, type, sequence, attempt, delivered, status, error, duration_ms, attempted_at)
         VALUES ($1, $2, 'fr.repons.facture.statut.v1', '0-0', $3, $4, $5, $6, 12, now())`,
        [id, randomUUID(), attempt, attempt === 3, attempt === 3 ? 200 : null, attempt === 3 ? null : 'timeout'],
      );
    const { body } = await call(ministry, 'GET', `/${id}/deliveries?limit=2`);
    expect(body).toMatchObject({
      items: [
        { attempt: 3, delivered: true, status: 200, error: null },
        { attempt: 2, delivered: false, status: null, error: 'timeout' },
      ],
      total: 3,
      next: null,
    });
  });

  it('R48 lets a structure have twenty, and no more', async () => {
    for (let index = 0; index < 20; index += 1) await registered(town);
    expect(await call(town, 'POST', '', { url })).toMatchObject({ status: 409, body: { code: 'WHK-003' } });
  });
});
