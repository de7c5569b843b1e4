import { REJECT_DAYS_STREAM } from '#domain';
import { CLOCK, OBJECTS, RejectDayClosing, type Clock } from '#application';
import type { ObjectStore } from '#persistence';
import { createHash, randomUUID } from 'node:crypto';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { managedStructure } from '../testing/managed-structure.js';
import { signedInPerson } from '../testing/people.js';
import { endedFlow, OPERATOR_KEY, REJECT_DAY } from '../testing/test-api.js';

describe('the rejects of the API', () => {
  let api: OwnApi;
  let file: string;

  beforeAll(async () => {
    api = await startOwnApi();
    file = `/api/rejects/${REJECT_DAY}/${api.own.structure}`;
    await endedFlow(api, 0, 3);
  });

  afterAll(() => api.close());

  const get = (path: string, method = 'GET', key = api.keys.own) =>
    fetch(`${api.url}${path}`, { method, headers: { authorization: `Bearer ${key}` } });

  async function closeTheDay(): Promise<void> {
    const { app, store } = api;
    const context = { commandId: randomUUID(), correlationId: 'test', actor: 'test' };
    await store.append(REJECT_DAYS_STREAM, 'none', [{ type: 'RejectDayClosed', data: { day: REJECT_DAY } }], context);
    await api.project();
    await new RejectDayClosing(store, app.get<ObjectStore>(OBJECTS), app.get<Clock>(CLOCK)).writeMissingFiles();
    await api.project();
  }

  it('R44 shows the files of a structure to its managers, and to nobody else', async () => {
    const [manager, deputy, user, stranger] = [
      await signedInPerson(api),
      await signedInPerson(api),
      await signedInPerson(api),
      await signedInPerson(api),
    ];
    const people = { primary: manager.account, secondaries: [deputy.account], users: [user.account] };
    await managedStructure(api, api.own.structure, people, false);
    const as = async ({ token }: { token: string }, path: string) => (await get(path, 'GET', token)).status;
    for (const who of [manager, deputy]) {
      expect(await as(who, `${file}?structure=${api.own.structure}`)).toBe(200);
      // By its day: without one, the list goes back a month from today.
      const list = await get(`/api/rejects?day=${REJECT_DAY}&structure=${api.own.structure}`, 'GET', who.token);
      expect(await list.json()).toMatchObject({ total: 1, items: [{ sender: api.own.structure, lines: 3 }] });
      expect(await as(who, file)).toBe(400);
    }
    expect(await as(user, `${file}?structure=${api.own.structure}`)).toBe(403);
    expect(await as(stranger, `${file}?structure=${api.own.structure}`)).toBe(404);
    // To name a structure that one manages does not open somebody else's file.
    await managedStructure(api, '39860733300059', { primary: stranger.account }, false);
    expect(await as(stranger, `${file}?structure=39860733300059`)).toBe(404);
  });

  it('R44 gives the file of an open day without a name for its bytes: they may still grow', async () => {
    const response = await get(file);
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('x-content-sha256')).toBeNull();
    expect((await response.text()).split('\r\n')).toHaveLength(5); // a header, three lines, the end of the last
  });

  it.each([
    ['csv', 'text/csv; charset=utf-8'],
    ['json', 'application/json; charset=utf-8'],
  ])(
    'R44 gives the closed %s file with its hash, to be saved and kept from nobody else’s cache',
    async (format, type) => {
      if (format === 'csv') await closeTheDay();
      const response = await get(`${file}?format=${format}`);
      const sha256 = createHash('sha256')
        .update(Buffer.from(await response.arrayBuffer()))
        .digest('hex');
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': type,
        'content-disposition': `attachment; filename="rejets_${REJECT_DAY}_${api.own.structure}.${format}"`,
        'cache-control': 'private, no-cache',
        etag: `"${sha256}"`,
        'x-content-sha256': sha256,
        'x-content-type-options': 'nosniff',
      });
      const head = await get(`${file}?format=${format}`, 'HEAD');
      expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, `"${sha256}"`, '']);
      const { items } = (await (await get(`/api/rejects?day=${REJECT_DAY}`)).json()) as {
        items: Record<string, unknown>[];
      };
      expect(items).toMatchObject([
        { day: REJECT_DAY, sender: api.own.structure, lines: 3, closed: true, [`${format}Sha256`]: sha256 },
      ]);
    },
  );

  it.each([
    ['/api/rejects?day=hier', 400, 'REJ-400'],
    ['/api/rejects?day=2026-02-30', 400, 'REJ-400'],
    ['/api/rejects?day=2026-11-19&day=2026-11-20', 400, 'REJ-400'],
    ['/api/rejects?sender=a&sender=b', 400, 'REJ-402'],
    ['/api/rejects/hier/55208131766522', 400, 'REJ-400'],
    ['/api/rejects/2026-11-19/55208131766522?format=pdf', 400, 'REJ-401'],
    ['/api/rejects/2026-11-19/55208131766522?format=csv&format=csv', 400, 'REJ-401'],
    ['/api/rejects/2026-11-18/55208131766522', 404, 'REJ-404'],
    ['/api/rejects/2026-11-19/%0d%0aSet-Cookie:%20canari=1', 404, 'REJ-404'],
    ['/api/rejects/2026-11-19/%22;filename=%22x', 404, 'REJ-404'],
    ['/api/rejects/2026-11-19/..%2f..%2fetc%2fpasswd', 404, 'REJ-404'],
    ['/api/rejects/2026-11-19/%00', 400, 'REJ-402'],
    ['/api/rejects?sender=%00', 400, 'REJ-402'],
  ])('R44 answers %s with %i %s', async (path, status, code) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect([...response.headers.keys()]).not.toContain('set-cookie');
    expect(response.headers.get('content-disposition')).toBeNull();
    expect(((await response.json()) as { code?: string }).code).toBe(code);
  });

  it('R44 no name of a party ever splits a header, though it reaches the name of a file', async () => {
    const { store } = api;
    const party = 'a"\r\nSet-Cookie: canari=1;é\u202e';
    await store.pool.query(
      `INSERT INTO read.rejects (position, transaction, day, sender, issuer, reject, rejected_at)
       SELECT 0, 0, day, $1, NULL, reject, rejected_at FROM read.rejects LIMIT 1`,
      [party],
    );
    const response = await get(`/api/rejects/${REJECT_DAY}/${encodeURIComponent(party)}`, 'GET', OPERATOR_KEY);
    expect(response.status).toBe(200);
    expect([...response.headers.keys()]).not.toContain('set-cookie');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="rejets_2026-11-19_[A-Za-z0-9-]+\.csv"$/,
    );
  });
});
