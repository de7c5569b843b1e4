import type { FeedEvent } from '#application';
import { randomUUID } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { signedInPerson } from '../testing/people.js';
import { FEED_TIMES, FeedStreams } from './feed-streams.js';
import {
  connectionOf,
  endRights,
  letIn,
  MINISTRY,
  readFeed,
  receivingStructure,
  setStatus,
  TOWN,
} from '../../../../test/support/feed-world.js';

/** One message of a stream, as a client that knows only the WHATWG standard reads it. */
interface Message {
  readonly id: string;
  readonly event: string;
  readonly data: FeedEvent;
}

/** A client of server-sent events. */
class Listener {
  readonly messages: Message[] = [];
  /** The last id that was told, with or without an event. */
  lastId = '';
  ended = false;
  private rest = '';

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.take(chunk));
    response.on('close', () => (this.ended = true));
    response.on('error', () => (this.ended = true));
  }

  static open(url: string, key: string, lastEventId?: string): Promise<Listener> {
    const headers = {
      authorization: `Bearer ${key}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    };
    return new Promise((resolve, reject) => {
      get(url, { headers, agent: false }, (response) => resolve(new Listener(response))).on('error', reject);
    });
  }

  get subjects(): string[] {
    return this.messages.map(({ data }) => data.subject);
  }

  close(): void {
    this.response.destroy();
  }

  private take(chunk: string): void {
    const blocks = (this.rest + chunk).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      this.lastId = field('id') ?? this.lastId;
      const data = field('data');
      if (data !== undefined)
        this.messages.push({ id: field('id') ?? '', event: field('event') ?? '', data: JSON.parse(data) as FeedEvent });
    }
  }
}

async function eventually(what: string, look: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!look()) {
    if (Date.now() > end) throw new Error(`It does not come to it: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the feed of status events, as it happens', () => {
  let api: OwnApi;
  let town: string;
  let start: string;
  const listeners: Listener[] = [];

  beforeAll(async () => {
    api = await startOwnApi();
    Object.assign(api.app.get<object>(FEED_TIMES), { lookMs: 20, heartbeatMs: 50, recheckMs: 200 });
    town = await connectionOf(api, TOWN, 'TWN001');
    await api.project();
  });

  beforeEach(async () => {
    start = (await readFeed(api, api.keys.operator, '?after=now')).next;
  });

  afterEach(async () => {
    for (const listener of listeners.splice(0)) listener.close();
    await eventually('nobody listens', () => api.app.get(FeedStreams).count === 0);
  });

  afterAll(() => api.close());

  async function listen(key: string, { after = 'now', last }: { after?: string; last?: string } = {}) {
    const listener = await Listener.open(`${api.url}/api/events/stream?after=${after}`, key, last);
    listeners.push(listener);
    return listener;
  }

  it('R48 sends what happens to whom it concerns, each under its cursor, and shows that it lives', async () => {
    const [own, theirs] = [await listen(api.keys.own), await listen(town)];
    expect(own.response.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8' });
    expect(own.response.headers['x-accel-buffering']).toBe('no');
    const stream = await letIn(api.store);
    await api.project();
    await eventually('the invoice is told', () => own.messages.length === 1);
    await setStatus(api.store, stream, { to: 'MANDATEE' });
    await api.project();
    await eventually('its status is told', () => own.messages.length === 2);
    expect(own.messages.map(({ event }) => event.split('.')[3])).toEqual(['integree', 'statut']);
    for (const { id, event, data } of own.messages) expect([id, event]).toEqual([data.sequence, data.type]);
    expect(own.messages.map(({ data }) => data)).toEqual((await readFeed(api, api.keys.own, `?after=${start}`)).items);
    const { next } = await readFeed(api, town, '?after=now');
    await eventually('the other’s cursor moves on over it', () => theirs.lastId === '' || theirs.lastId <= next);
    expect(theirs.messages).toEqual([]);
  });

  it('R48 goes on after a cut without a gap and without a repetition, wherever it comes', async () => {
    const expected: string[] = [];
    const heard: string[] = [];
    let last = start;
    for (let round = 0; round < 6; round += 1) {
      const listener = await listen(api.keys.own, { last });
      for (let index = 0; index < 4; index += 1) {
        const number = `COUPURE-${round}-${index}`;
        await letIn(api.store, { number });
        expected.push(number);
        if (index === round % 4) {
          await api.project();
          await eventually('something is heard', () => listener.messages.length > 0);
          listener.close(); // in the middle: the rest comes when nobody listens
        }
      }
      await api.project();
      await eventually('the connection is cut', () => listener.ended);
      for (const { data } of listener.messages) heard.push('invoice' in data.data ? data.data.invoice.number : '');
      last = listener.messages.at(-1)?.id ?? last;
    }
    const rest = await listen(api.keys.own, { last });
    await eventually('the rest is heard', () => heard.length + rest.messages.length >= expected.length);
    for (const { data } of rest.messages) heard.push('invoice' in data.data ? data.data.invoice.number : '');
    expect(heard).toEqual(expected);
  });

  it('R48 lets no slow reader delay another', async () => {
    const comment = 'x'.repeat(2_000);
    const stream = await letIn(api.store);
    const events = Array.from({ length: 1_500 }, () => ({
      type: 'InvoiceCompleted',
      data: {
        invoice: {
          number: 'LENTE',
          issueDate: '2026-11-20',
          issuer: api.own.structure,
          recipient: MINISTRY,
          serviceCode: null,
          validator: null,
        },
        comment,
        supportingDocuments: [],
      },
    }));
    await api.store.append(stream, 'exists', events, { commandId: randomUUID(), correlationId: 'test', actor: 'test' });
    await api.project();
    const slow = await listen(api.keys.own, { after: start });
    slow.response.pause(); // takes nothing from now on: 3 MB do not fit into what the network holds
    const quick = await listen(api.keys.own, { after: start });
    await eventually('the quick one has it all', () => quick.messages.length === 1_501);
    expect(slow.messages.length).toBeLessThan(1_501);
    slow.response.resume();
    await eventually('the slow one has it all in the end', () => slow.messages.length === 1_501);
    expect(slow.messages.map(({ id }) => id)).toEqual(quick.messages.map(({ id }) => id));
  });

  it('R48 asks the database nothing for two hundred readers who wait, and wakes those whom something concerns', async () => {
    const own = await Promise.all(Array.from({ length: 100 }, () => listen(api.keys.own)));
    const others = await Promise.all(Array.from({ length: 100 }, () => listen(town)));
    Object.assign(api.app.get<object>(FEED_TIMES), { recheckMs: 60_000 });
    await eventually('all listen', () => api.app.get(FeedStreams).count === 200);
    const query = api.store.pool.query.bind(api.store.pool) as (...args: unknown[]) => unknown;
    const asked: string[] = [];
    api.store.pool.query = ((...args: unknown[]) => {
      asked.push(typeof args[0] === 'string' ? args[0] : '');
      return query(...args);
    }) as typeof api.store.pool.query;
    let idle = new Set<string>();
    // The last rechecks of the short rhythm come late on a busy machine; then there is half a second of the one look alone.
    for (let turn = 0; turn < 20 && idle.size !== 1; turn += 1) {
      asked.length = 0;
      await new Promise((resolve) => setTimeout(resolve, 500));
      idle = new Set(asked.splice(0));
    }
    expect(idle.size).toBe(1);
    await letIn(api.store);
    await api.project();
    await eventually('all of one are told', () => own.every(({ messages }) => messages.length === 1));
    expect(others.every(({ messages }) => messages.length === 0)).toBe(true);
    // Pages are read for those whom it concerns alone, however many others listen.
    expect(asked.filter((text) => text.includes('json_to_recordset')).length).toBe(100);
    api.store.pool.query = query as typeof api.store.pool.query;
    Object.assign(api.app.get<object>(FEED_TIMES), { recheckMs: 200 });
  });

  it('R48 cuts off who has no rights any more, and who is signed out', async () => {
    const [manager, leaving, signedOut] = [
      await signedInPerson(api),
      await signedInPerson(api),
      await signedInPerson(api),
    ];
    await receivingStructure(
      api,
      MINISTRY,
      [manager, leaving, signedOut].map((person) => ({ person, service: null })),
    );
    const streams = [await listen(manager.token), await listen(leaving.token), await listen(signedOut.token)];
    await endRights(api, MINISTRY, leaving.account);
    await fetch(`${api.url}/api/session`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${signedOut.token}` },
    });
    await eventually('both are cut off', () => streams[1]?.ended === true && streams[2]?.ended === true);
    await letIn(api.store);
    await api.project();
    await eventually('the one who stays is told', () => streams[0]?.messages.length === 1);
    expect(streams[1]?.messages).toEqual([]);
    expect(streams[2]?.messages).toEqual([]);
    const again = await listen(leaving.token);
    expect(again.response.statusCode).toBe(403);
  });

  it.each([
    ['x', 400],
    [`${'0'.repeat(8)}${'9'.repeat(12)}-${'0'.repeat(16)}`, 400],
  ])('R48 refuses to begin behind %s', async (after, status) => {
    expect((await listen(api.keys.own, { after })).response.statusCode).toBe(status);
    expect((await listen('rep_unknown-key-of-nobody')).response.statusCode).toBe(401);
  });

  it('R61 ends the streams when the process stops, and does not wait for those who read slowly', async () => {
    const other = await startOwnApi();
    const listener = await Listener.open(`${other.url}/api/events/stream`, other.keys.operator);
    await other.close();
    await eventually('the stream has ended', () => listener.ended);
    expect(listener.ended).toBe(true);
  });
});
