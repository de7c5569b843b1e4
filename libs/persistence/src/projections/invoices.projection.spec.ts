import { changeStatus, evolveInvoice, invoiceStream, noInvoice, type InvoiceEvent } from '#domain';
import { type EventStore, type StreamAppend } from '#events';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { integratedInvoice } from '../../../../test/support/invoice-events.js';
import { invoiceHistory, lifeOf } from '../../../../test/support/invoice-lives.js';
import { dump, forget, project, record } from '../../../../test/support/read-models.js';
import { invoiceId } from './invoice-id.js';
import { invoicesProjection } from './invoices.projection.js';
import { newsOf, statusNewsProjection } from './status-news.projection.js';

const projections = [invoicesProjection, statusNewsProjection];

/** Text that does not get shorter by being compressed. */
const noise = (characters: number): string => randomBytes(characters / 2).toString('hex');
const words = (characters: number): string => noise(characters).replaceAll(/.{8}/g, '$& ');

describe('the projections of invoices', () => {
  let own: OwnStore;
  let store: EventStore;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
  });

  afterAll(() => own.close());

  it('R25 R26 R27 R48 say of each invoice what its stream says, and tell each event to whom it concerns', async () => {
    const lives = fc.sample(invoiceHistory, { numRuns: 60, seed: 7 }).map((one, index) => lifeOf(index, one));
    const appends = lives.map(({ first, events }): StreamAppend & { stream: string } => ({
      stream: invoiceStream(first.data.issuer.identifier, first.data.number, first.data.issueDate),
      expected: 'none',
      events,
    }));
    await record(store, ...appends);
    await project(store, projections, 50);
    for (const [index, { invoice }] of lives.entries()) {
      const id = invoiceId(appends[index]?.stream ?? '');
      const { rows } = await store.pool.query(
        `SELECT status, recipient, validator, service_code AS "serviceCode", commitment_number AS "commitmentNumber"
           FROM read.invoices WHERE id = $1`,
        [id],
      );
      const { status, recipient, validator, secondValidator, serviceCode, commitmentNumber } = invoice;
      expect(rows).toEqual([
        {
          status,
          recipient: recipient.identifier,
          validator: (secondValidator ?? validator)?.identifier ?? null,
          serviceCode,
          commitmentNumber,
        },
      ]);
    }
    const told = await store.pool.query<{ party: string; side: string }>('SELECT party, side FROM read.status_news');
    const expected = lives.flatMap(({ events }) => events.flatMap(newsOf));
    const tally = (all: readonly { party: string; side: string }[]) => all.map(({ party, side }) => `${party} ${side}`);
    expect(tally(told.rows).sort()).toEqual([...tally(expected)].sort());
    expect(lives.filter(({ events }) => events.length > 3).length).toBeGreaterThan(10);
  });

  it('R48 are the same when they are made again from the log', async () => {
    const before = await dump(store.pool, projections);
    await forget(store.pool, projections);
    await project(store, projections, 7);
    expect(await dump(store.pool, projections)).toEqual(before);
    expect(before['read.invoices']?.length).toBe(60);
  });

  it.each(['', 'douze', '1e5', 'NaN', '1'.repeat(70)])('R42 the amount %j stops nobody', async (amountDue) => {
    const { data } = integratedInvoice({ number: `M-${amountDue}\u0000`, amountDue });
    const stream = invoiceStream(data.issuer.identifier, data.number, data.issueDate);
    await record(store, { stream, expected: 'none', events: [{ type: 'InvoiceIntegrated', data }] });
    await project(store, projections);
    const { rows } = await store.pool.query('SELECT amount_due FROM read.invoices WHERE id = $1', [invoiceId(stream)]);
    expect(rows).toEqual([{ amount_due: null }]);
  });

  it.each([
    ['validator', { validator: { identifier: noise(6_000), name: null } }],
    ['issuer’s name', { issuer: { identifier: '55208131766522', name: words(1_500_000) } }],
    ['recipient’s name', { recipient: { identifier: '11000201100044', name: words(1_500_000) } }],
    ['codes', { serviceCode: noise(6_000), typeCode: noise(6_000), currency: noise(6_000), dueDate: noise(6_000) }],
  ])('R42 a %s that no index could hold stops nobody', async (what, change) => {
    const { data } = integratedInvoice({ number: `LONG-${what}`, ...change });
    const stream = invoiceStream(data.issuer.identifier, data.number, data.issueDate);
    await record(store, { stream, expected: 'none', events: [{ type: 'InvoiceIntegrated', data }] });
    await project(store, projections);
    const { rows } = await store.pool.query<{ number: string }>('SELECT number FROM read.invoices WHERE id = $1', [
      invoiceId(stream),
    ]);
    expect(rows).toEqual([{ number: data.number }]);
  });

  it('R42 R48 an issuer of a rejected invoice that no index could hold stops nobody', async () => {
    const { data } = integratedInvoice({ number: 'LONG-issuer' });
    const issuer = { identifier: noise(6_000), name: null };
    const rejected = { type: 'InvoiceRejected', data: { sender: data.sender, issuer } };
    await record(store, { stream: 'rejected-long', expected: 'none', events: [rejected] });
    await project(store, [statusNewsProjection]);
    const { rows } = await store.pool.query(
      `SELECT party, side FROM read.status_news WHERE position = (SELECT max(position) FROM es.events)`,
    );
    expect(rows).toEqual([{ party: data.sender.identifier, side: 'sender' }]);
  });
});

describe('newsOf', () => {
  it('R27 R48 tells the recipient nothing of an invoice that its validator has', () => {
    const toValidate = integratedInvoice({ billingFrame: 'A9', validator: { identifier: 'VAL', name: null } });
    const sides = (event: InvoiceEvent) => newsOf(event).map(({ side }) => side);
    expect(sides(toValidate)).toEqual(['issuer', 'validator']);
    const invoice = evolveInvoice(noInvoice, toValidate);
    const said = { reason: null, comment: null, paymentOrder: null };
    const validated = changeStatus(invoice, { to: 'VALIDEE_1', by: 'validator', ...said }, 'strict');
    expect(validated.accepted && validated.events.map(sides)).toEqual([
      ['issuer', 'validator'],
      ['issuer', 'recipient', 'validator'],
    ]);
  });

  it('R48 tells whoever sent an invoice for its issuer each event of its life, unless the event is from before senders', () => {
    const sent = integratedInvoice({ sender: { identifier: 'TDT', name: null } });
    const change = { to: 'MANDATEE', by: 'recipient', reason: null, comment: null, paymentOrder: null } as const;
    const decision = changeStatus(evolveInvoice(noInvoice, sent), change, 'strict');
    const [event] = decision.accepted ? decision.events : [];
    if (event?.type !== 'InvoiceStatusChanged') throw new Error('The status did not change');
    const sides = (one: InvoiceEvent) => newsOf(one).map(({ side }) => side);
    expect(newsOf(event)).toContainEqual({ party: 'TDT', side: 'sender', service: null });
    const { sender: _, ...invoice } = event.data.invoice;
    expect(sides({ ...event, data: { ...event.data, invoice } })).toEqual(['issuer', 'recipient']);
  });

  const rejected = (issuer: string | null) =>
    newsOf({
      type: 'InvoiceRejected',
      data: { issuer: issuer === null ? null : { identifier: issuer }, sender: { identifier: 'TDT' } },
    });

  it('R48 tells a rejection by the platform to issuer and sender, never to whom it was addressed', () => {
    expect(rejected('A')).toEqual([
      { party: 'A', side: 'issuer', service: null },
      { party: 'TDT', side: 'sender', service: null },
    ]);
    expect(rejected('TDT')).toEqual([{ party: 'TDT', side: 'issuer', service: null }]);
    expect(rejected(null)).toEqual([{ party: 'TDT', side: 'sender', service: null }]);
  });
});
