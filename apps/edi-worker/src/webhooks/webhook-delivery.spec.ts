import { createLogger, migrate, StatusFeed, systemClock, WebhookSecrets } from '#application';
import { openEventStore, type EventStore, type RecordedEvent } from '#events';
import { statusNewsProjection, webhooksProjection } from '#persistence';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { rightSignatures, startReceiver, type Receiver } from '../../../../test/support/webhook-receiver.js';
import {
  eventually,
  livedInvoice,
  PLATFORM_SECRET,
  record,
  registeredWebhook,
} from '../../../../test/support/webhook-world.js';
import { USUAL_DELIVERY, WebhookDelivery, type WebhookSettings } from './webhook-delivery.js';

interface WebhookRow {
  readonly status: string;
  readonly disabled_reason: string | null;
  readonly disabled_detail: string | null;
}

describe('delivery to webhooks', () => {
  let database: TestDatabase;
  let store: EventStore;
  const receivers: Receiver[] = [];
  const deliveries: WebhookDelivery[] = [];
  let issuers = 0;
  let issuer: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 8 });
    for (const { name, types, handle } of [statusNewsProjection, webhooksProjection])
      store.subscribe({ name, types: [...types], handle: (events, tx) => handle(events, tx) }).start();
  });

  beforeEach(() => {
    issuers += 1;
    issuer = `5520813170${String(issuers).padStart(4, '0')}`;
  });

  afterEach(async () => {
    await Promise.all(deliveries.splice(0).map((delivery) => delivery.stop()));
    await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
    await store.pool.query(`UPDATE read.webhooks SET status = 'disabled'`); // no test serves another's
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  async function receiver(): Promise<Receiver> {
    const started = await startReceiver();
    receivers.push(started);
    return started;
  }

  function deliver(settings: Partial<WebhookSettings> = {}): WebhookDelivery {
    const delivery = new WebhookDelivery(
      store,
      new StatusFeed(store, 'urn:repons'),
      new WebhookSecrets(store.pool, PLATFORM_SECRET),
      { ...USUAL_DELIVERY, privateAddresses: true, lookMs: 20, pausesMs: [30, 30, 30], ...settings },
      systemClock,
      createLogger('test', 'silent'),
    );
    deliveries.push(delivery);
    delivery.start();
    return delivery;
  }

  const ids = ({ received }: Receiver) => received.map(({ id }) => id);

  async function rowOf(webhook: string): Promise<WebhookRow | undefined> {
    const { rows } = await store.pool.query<WebhookRow>('SELECT * FROM read.webhooks WHERE id = $1', [webhook]);
    return rows[0];
  }

  async function triesOf(webhook: string): Promise<[number, boolean, number | null, string | null][]> {
    const { rows } = await store.pool.query<{ tries: [number, boolean, number | null, string | null] }>(
      `SELECT json_build_array(attempt, delivered, status, error) AS tries
         FROM webhook.deliveries WHERE webhook = $1 ORDER BY id`,
      [webhook],
    );
    return rows.map(({ tries }) => tries);
  }

  async function secondsToNextTry(webhook: string): Promise<number> {
    const { rows } = await store.pool.query<{ s: number }>(
      'SELECT extract(epoch FROM next_try_at - now())::int AS s FROM webhook.cursors WHERE webhook = $1',
      [webhook],
    );
    return rows[0]?.s ?? 0;
  }

  it('R48 posts every event once, in order, signed, and goes on with what comes', async () => {
    const to = await receiver();
    const expected = [...(await livedInvoice(store, issuer, 30)), ...(await livedInvoice(store, issuer, 3))];
    const { secret } = await registeredWebhook(store, issuer, to.url);
    deliver();
    await eventually('all are there', () => to.received.length >= expected.length);
    expected.push(...(await livedInvoice(store, issuer, 1)));
    await livedInvoice(store, '39860733300059', 1);
    await eventually('what came is there', () => to.received.length >= expected.length);
    expect(ids(to)).toEqual(expected);
    for (const one of to.received) {
      expect(rightSignatures(one, secret)).toBe(1);
      expect(rightSignatures(one, 'whsec_c2VjcmV0LWRlLXF1ZWxxdS11bi1kLWF1dHJl')).toBe(0);
      expect(rightSignatures({ ...one, body: `${one.body} ` }, secret)).toBe(0);
      expect(one.headers).toMatchObject({
        'webhook-id': one.id,
        'content-type': expect.stringContaining('cloudevents') as string,
      });
      expect(Math.abs(Number(one.headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(60);
    }
  });

  it('R48 tries an event again until it is taken, and sends nothing of after it before', async () => {
    const to = await receiver();
    let refusals = 2;
    to.answer = (_, response) => void response.writeHead((refusals -= 1) >= 0 ? 500 : 200).end('reçu');
    const expected = await livedInvoice(store, issuer, 2);
    const { webhook } = await registeredWebhook(store, issuer, to.url);
    deliver();
    await eventually('all are there', () => to.received.length >= 5);
    expect(ids(to)).toEqual([expected[0], expected[0], ...expected]);
    await eventually('it is noted', async () => (await triesOf(webhook)).length === 5);
    expect(await triesOf(webhook)).toEqual([
      [1, false, 500, 'status'],
      [2, false, 500, 'status'],
      [3, true, 200, null],
      [1, true, 200, null],
      [1, true, 200, null],
    ]);
  });

  it('R48 waits as long as the receiver asks for', async () => {
    const to = await receiver();
    to.answer = (_, response) => void response.writeHead(503, { 'retry-after': '3600' }).end();
    await livedInvoice(store, issuer, 0);
    const { webhook } = await registeredWebhook(store, issuer, to.url);
    deliver();
    await eventually('it waits', async () => (await secondsToNextTry(webhook)) > 3_000);
    expect(to.received).toHaveLength(1);
  });

  it('R48 disables a webhook whose receiver says that it is gone, and goes on where it stopped when it is enabled', async () => {
    const to = await receiver();
    const [first = '', second = '', third = ''] = await livedInvoice(store, issuer, 2);
    to.answer = ({ id }, response) => void response.writeHead(id === second ? 410 : 204).end();
    const { webhook } = await registeredWebhook(store, issuer, to.url);
    deliver();
    // Before the read model knows that it is disabled, the cursor says that it is not met again.
    await eventually('it was given up', async () => (await secondsToNextTry(webhook)) > 3_600);
    await eventually('it is disabled', async () => (await rowOf(webhook))?.status === 'disabled');
    expect(await rowOf(webhook)).toMatchObject({
      disabled_reason: 'GONE',
      disabled_detail: 'le destinataire a répondu 410.',
    });
    expect(ids(to)).toEqual([first, second]);
    to.answer = (_, response) => void response.writeHead(204).end();
    await record(store, { type: 'WebhookEnabled', data: { webhook, by: 'test' } });
    await eventually('the rest is there', () => to.received.length === 4);
    expect(ids(to)).toEqual([first, second, second, third]);
  });

  it('R48 disables a webhook that fails to the end, says why, and the platform says so once', async () => {
    const to = await receiver();
    to.answer = (_, response) => void response.writeHead(500).end();
    await livedInvoice(store, issuer, 0);
    const { webhook } = await registeredWebhook(store, issuer, to.url);
    deliver();
    await eventually('it is disabled', async () => (await rowOf(webhook))?.status === 'disabled');
    expect(to.received).toHaveLength(4);
    expect(await rowOf(webhook)).toMatchObject({
      disabled_reason: 'FAILING',
      disabled_detail: '4 essais ont échoué. Le dernier : le destinataire a répondu 500.',
    });
    const types: string[] = [];
    for await (const { type } of store.readStream(`webhook-${webhook}`)) types.push(type);
    expect(types).toEqual(['WebhookRegistered', 'WebhookDisabled']);
  });

  it('R48 does not follow a redirect', async () => {
    const [to, elsewhere] = [await receiver(), await receiver()];
    to.answer = (_, response) => void response.writeHead(307, { location: elsewhere.url }).end();
    await livedInvoice(store, issuer, 0);
    const { webhook } = await registeredWebhook(store, issuer, to.url);
    deliver();
    await eventually('it was tried', async () => (await triesOf(webhook)).length > 0);
    expect((await triesOf(webhook))[0]).toEqual([1, false, 307, 'redirect']);
    expect(elsewhere.received).toEqual([]);
  });

  it('R48 gives up waiting for an answer, and no slow or dead receiver delays another', async () => {
    const [slow, quick] = [await receiver(), await receiver()];
    slow.answer = () => undefined;
    const dead = await startReceiver();
    await dead.close();
    const expected = await livedInvoice(store, issuer, 24);
    const { webhook } = await registeredWebhook(store, issuer, slow.url);
    const { webhook: gone } = await registeredWebhook(store, issuer, dead.url);
    deliver({ timeoutMs: 1_500 });
    await eventually('the slow one is being waited for', () => slow.received.length === 1);
    await registeredWebhook(store, issuer, quick.url);
    await eventually('the quick one has it all', () => quick.received.length === expected.length);
    expect(await triesOf(webhook)).toEqual([]); // still waited for: the quick one did not wait
    await eventually('it was given up', async () => (await triesOf(webhook)).length > 0);
    expect((await triesOf(webhook))[0]).toEqual([1, false, null, 'timeout']);
    expect((await triesOf(gone))[0]).toEqual([1, false, null, 'connection']);
  });

  it('R48 never posts to a private address, unless the settings say so', async () => {
    const to = await receiver();
    await livedInvoice(store, issuer, 0);
    const { port } = new URL(to.url);
    const urls = [`https://127.0.0.1:${port}/`, `https://localhost:${port}/`, `https://[::1]:${port}/`, to.url];
    const registered = await Promise.all(urls.map((url) => registeredWebhook(store, issuer, url)));
    deliver({ privateAddresses: false });
    await eventually('all were tried', async () => {
      const tries = await Promise.all(registered.map(({ webhook }) => triesOf(webhook)));
      return tries.every(({ length }) => length > 0);
    });
    for (const { webhook } of registered) expect((await triesOf(webhook))[0]).toEqual([1, false, null, 'address']);
    expect(to.received).toEqual([]);
  });

  it('R48 sends again what stands behind a place, though it is being sent at that moment', async () => {
    const to = await receiver();
    const expected = await livedInvoice(store, issuer, 5);
    const { webhook } = await registeredWebhook(store, issuer, to.url);
    deliver();
    await eventually('all are there', () => to.received.length === 6);
    const [, second] = to.received;
    const [transaction = '', position = ''] = second?.sequence.split('-') ?? [];
    const after = { transaction: String(BigInt(transaction)), position: Number(position) };
    let isReplayed = false;
    to.answer = (_, response) => {
      if (isReplayed) return void response.writeHead(204).end();
      isReplayed = true; // the answer comes after the replay was asked for a second time
      void record(store, { type: 'WebhookReplayed', data: { webhook, after, by: 'test' } })
        .then(() => eventually('it is known', async () => (await generationOf(webhook)) === 2))
        .then(() => response.writeHead(204).end());
    };
    await record(store, { type: 'WebhookReplayed', data: { webhook, after, by: 'test' } });
    await eventually('all are there again', () => to.received.length === 6 + 1 + 4);
    expect(ids(to).slice(7)).toEqual(expected.slice(2));
  });

  const generationOf = async (webhook: string): Promise<number> => {
    const { rows } = await store.pool.query<{ generation: number }>(
      'SELECT generation FROM webhook.cursors WHERE webhook = $1',
      [webhook],
    );
    return rows[0]?.generation ?? 0;
  };

  it('R48 signs with the former secret as well while it is good, and with none that is not readable', async () => {
    const to = await receiver();
    const { webhook, secret } = await registeredWebhook(store, issuer, to.url);
    const secrets = new WebhookSecrets(store.pool, PLATFORM_SECRET);
    const next = 'whsec_bm91dmVhdS1zZWNyZXQtcG91ci1sYS1yb3RhdGlvbg==';
    await secrets.keep(webhook, next, new Date(), new Date(Date.now() + 3_600_000));
    deliver();
    await livedInvoice(store, issuer, 0);
    await eventually('it is there', () => to.received.length === 1);
    const [both] = to.received;
    if (both === undefined) throw new Error('It is there');
    expect([rightSignatures(both, secret), rightSignatures(both, next)]).toEqual([1, 1]);
    await store.pool.query(
      `UPDATE webhook.secrets SET valid_until = now() WHERE webhook = $1 AND valid_until IS NOT NULL`,
      [webhook],
    );
    await livedInvoice(store, issuer, 0);
    await eventually('the other is there', () => to.received.length === 2);
    const [, one] = to.received;
    if (one === undefined) throw new Error('It is there');
    expect([rightSignatures(one, secret), rightSignatures(one, next)]).toEqual([0, 1]);
    await store.pool.query(`UPDATE webhook.secrets SET sealed = $2 WHERE webhook = $1`, [webhook, Buffer.alloc(60)]);
    await livedInvoice(store, issuer, 0);
    await eventually('it is not sent', async () =>
      (await triesOf(webhook)).some(([, , , error]) => error === 'secret'),
    );
    expect(to.received).toHaveLength(2);
  });

  it('R61 sends nothing again when the read model of webhooks is made anew', async () => {
    const to = await receiver();
    await livedInvoice(store, issuer, 2);
    const { webhook } = await registeredWebhook(store, issuer, to.url);
    const delivery = deliver();
    await eventually('all are there', () => to.received.length === 3);
    await record(store, {
      type: 'WebhookReplayed',
      data: { webhook, after: { transaction: '0', position: 0 }, by: 'test' },
    });
    await eventually('all are there again', () => to.received.length === 6);
    await delivery.stop();
    await store.pool.query('DELETE FROM read.webhooks WHERE id = $1', [webhook]);
    const events: RecordedEvent[] = [];
    for await (const event of store.readStream(`webhook-${webhook}`)) events.push(event);
    await store.transaction((tx) => webhooksProjection.handle(events, tx));
    expect(await rowOf(webhook)).toMatchObject({ status: 'active' });
    const [fresh] = await livedInvoice(store, issuer, 0);
    deliver();
    await eventually('what is new is there', () => to.received.length > 6);
    expect(ids(to).slice(6)).toEqual([fresh]);
    expect(await generationOf(webhook)).toBe(1);
  });

  it('R48 serves each webhook by one deliverer at a time, however many there are', async () => {
    const to = await receiver();
    let open = 0;
    let most = 0;
    to.answer = (_, response) => {
      most = Math.max(most, (open += 1));
      setTimeout(() => {
        open -= 1;
        response.writeHead(204).end();
      }, 5);
    };
    const expected = await livedInvoice(store, issuer, 60);
    await registeredWebhook(store, issuer, to.url);
    for (let index = 0; index < 3; index += 1) deliver();
    await eventually('all are there', () => to.received.length >= expected.length);
    expect(most).toBe(1);
    expect(ids(to)).toEqual(expected);
  });
});
