import {
  INVOICE_STATUS_CODES,
  invoiceStream,
  isBeforeRecipient,
  parisDay,
  type InvoiceEvent,
  type InvoiceIntegrated,
  type InvoiceStatus,
} from '#domain';
import type { StreamAppend } from '#events';
import fc from 'fast-check';
import { invoiceHistory, lifeOf } from '../../../../test/support/invoice-lives.js';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { record } from '../../../../test/support/read-models.js';
import { managedStructure } from '../testing/managed-structure.js';
import { signedInPerson } from '../testing/people.js';
import { endedFlow, REJECT_DAY } from '../testing/test-api.js';

/** The connection `own` and whoever it is asked about. */
const OWN = '55208131766522';
const PERIOD = { from: '2026-10-20', to: '2026-11-05' };

/** What a plain fold over an invoice's events knows of it. */
interface Recounted {
  readonly first: InvoiceIntegrated['data'];
  readonly status: InvoiceStatus;
  readonly since: string;
  readonly reason: string | null;
  readonly recipient: string;
  readonly madeAvailable: string | null;
}

describe('numbers', () => {
  let api: OwnApi;
  let invoices: Recounted[];

  beforeAll(async () => {
    api = await startOwnApi();
    const histories = fc.sample(fc.tuple(invoiceHistory, moments), { numRuns: 150, seed: 11 });
    const lives = histories.map(([history, { start, gaps, amount, currency, isCredit }], index) => {
      const { events } = lifeOf(index, history);
      let instant = start;
      const [first, ...others] = events.map((event, step) => {
        instant += (gaps[step % gaps.length] ?? 0) * 60_000;
        return { ...event, occurredAt: new Date(instant).toISOString() };
      });
      if (first?.type !== 'InvoiceIntegrated') throw new Error('a life begins by its first event');
      const about = { depositedAt: new Date(start).toISOString(), totalWithVat: amount, currency };
      const data = { ...first.data, ...about, typeCode: isCredit ? '381' : '380', rank: index + 1 };
      return [{ ...first, data }, ...others];
    });
    invoices = lives.map(recount);
    const appends = lives.map((events): StreamAppend => {
      const { issuer, number, issueDate } = (events[0] as InvoiceIntegrated).data;
      return { stream: invoiceStream(issuer.identifier, number, issueDate), expected: 'none', events };
    });
    await record(api.store, ...appends);
    await api.project();
  });
  afterAll(() => api.close());

  async function ask(path: string, query: Record<string, string>, key = api.keys.operator) {
    const response = await fetch(`${api.url}/api/numbers/${path}?${new URLSearchParams(query).toString()}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    return { status: response.status, text: await response.text() };
  }

  async function items(path: string, query: Record<string, string> = {}, key?: string) {
    const { text } = await ask(path, { ...PERIOD, ...query }, key);
    return (JSON.parse(text) as { items: Record<string, unknown>[] }).items;
  }

  /** Who asks, for which list, and which of all invoices are theirs. */
  const views = [
    ['an operator, of what was received', 'received', () => api.keys.operator, () => true],
    ['an operator, of what was issued', 'issued', () => api.keys.operator, () => true],
    ['a connection, of what it received', 'received', () => api.keys.own, (one: Recounted) => one.recipient === OWN],
    [
      'a connection, of what it issued',
      'issued',
      () => api.keys.own,
      (one: Recounted) => one.first.issuer.identifier === OWN,
    ],
  ] as const;

  it.each(views)('R25 are what a plain recount of the events gives: %s', async (_, list, key, isTheirs) => {
    const theirs = invoices.filter((one) => isTheirs(one) && (list === 'issued' || !isBeforeRecipient(one.status)));
    const deposited = theirs.filter(({ first }) => isIn(first.depositedAt));
    expect(deposited.length).toBeGreaterThan(3);
    const byStatus = await items('invoices', { list }, key());
    expect(sumOf(byStatus, 'invoices') + sumOf(byStatus, 'creditNotes')).toBe(deposited.length);
    for (const { status, currency, ...counted } of byStatus) {
      const same = deposited.filter((one) => one.status === status && one.first.currency === currency);
      const [bills, credits] = [false, true].map((isCredit) =>
        same.filter(({ first }) => (first.typeCode === '381') === isCredit),
      );
      expect({
        ...counted,
        amount: Number(counted['amount']),
        creditedAmount: Number(counted['creditedAmount']),
      }).toEqual({
        invoices: bills?.length,
        amount: totalOf(bills),
        creditNotes: credits?.length,
        creditedAmount: totalOf(credits),
      });
    }
    const days = await items('days', { list }, key());
    expect(days).toHaveLength(17);
    for (const { day, ...counted } of days) {
      const on = (instant: string | null) => instant !== null && parisDay(instant) === day;
      expect(counted).toEqual({
        deposited: theirs.filter(({ first }) => on(first.depositedAt)).length,
        madeAvailable: theirs.filter(({ madeAvailable }) => on(madeAvailable)).length,
        rejected: theirs.filter((one) => isRejected(one.status) && on(one.since)).length,
        rejectedByPlatform: list === 'issued' ? 0 : null,
      });
    }
    const available = theirs.filter(({ madeAvailable }) => madeAvailable !== null && isIn(madeAvailable));
    const [whole, ...perDay] = await items('delays', { list }, key());
    expect(whole).toEqual({ day: null, ...delaysOf(available) });
    for (const { day, ...measured } of perDay)
      expect(measured).toEqual(delaysOf(available.filter((one) => parisDay(one.madeAvailable ?? '') === day)));
    const rejected = theirs.filter((one) => isRejected(one.status) && isIn(one.since));
    const reasons = await items('reasons', { list }, key());
    expect(sumOf(reasons, 'invoices')).toBe(rejected.length);
    for (const { by, code, invoices: counted } of reasons)
      expect(counted).toBe(
        rejected.filter(({ status, reason }) => reason === code && (status === 'REJETEE') === (by === 'recipient'))
          .length,
      );
  });

  it('R44 count rejects for who may read their file: managers and machines their own, operators all', async () => {
    await endedFlow(api, 0, 3);
    const [manager, colleague] = [await signedInPerson(api), await signedInPerson(api)];
    await managedStructure(api, OWN, { primary: manager.account, users: [colleague.account] });
    await api.project();
    const of = { from: REJECT_DAY, to: REJECT_DAY, list: 'issued' };
    const sent = [{ sender: OWN, name: `Structure ${OWN}`, integrated: 0, rejected: 3, rate: 1 }];
    const { list: _, ...when } = of;
    for (const key of [api.keys.operator, api.keys.own, manager.token]) {
      expect(await items('senders', when, key)).toEqual(sent);
      expect(await items('reasons', of, key)).toEqual([
        { by: 'platform', code: 'BR-02', label: expect.stringContaining('BT-1') as string, invoices: 3 },
      ]);
      expect(await items('days', of, key)).toMatchObject([{ rejectedByPlatform: 3 }]);
      expect(await items('senders', { ...when, structure: '39860733300059' }, key)).toEqual([]);
    }
    for (const key of [api.keys.other, colleague.token]) {
      expect(await items('senders', when, key)).toEqual([]);
      expect(await items('reasons', of, key)).toEqual([]);
    }
    expect(await items('days', of, colleague.token)).toMatchObject([{ rejectedByPlatform: null }]);
    expect(await items('days', of, api.keys.other)).toMatchObject([{ rejectedByPlatform: 0 }]);
  });

  it('R25 are nothing for who sees nothing', async () => {
    const { token } = await signedInPerson(api);
    for (const path of ['invoices', 'delays', 'reasons', 'senders']) expect(await items(path, {}, token)).toEqual([]);
  });

  it('R15 come as a CSV', async () => {
    const { text } = await ask('days', { ...PERIOD, list: 'issued', format: 'csv' });
    const [head, first, ...others] = text.trimEnd().split('\r\n');
    expect(head).toBe('"Jour";"Déposées";"Mises à disposition";"Rejetées";"Rejetées par la plateforme"');
    expect(first).toMatch(/^"20\/10\/2026";"\d+";"\d+";"\d+";"0"$/);
    expect(others).toHaveLength(16);
  });

  it.each([
    { from: '2026-02-30' },
    { from: 'hier' },
    { from: '2026-11-06', to: '2026-11-05' },
    { from: '2025-11-05', to: '2026-11-06' },
    { structure: '' },
    { format: 'pdf' },
  ])('NUM-001 or SRV-400 refuses the period or the structure %j', async (query) => {
    expect((await ask('senders', query)).status).toBe(400);
  });

  it('R25 take a year with its leap day', async () => {
    expect((await ask('senders', { from: '2025-11-05', to: '2026-11-05' })).status).toBe(200);
  });
});

/** Deposits over the end of summer time, with what comes after minutes or days, one day's border or another. */
const moments = fc.record({
  start: fc.integer({ min: Date.parse('2026-10-18T00:00:00Z'), max: Date.parse('2026-11-08T00:00:00Z') }),
  gaps: fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 3, maxLength: 5 }),
  amount: fc.integer({ min: 1, max: 9_999_999 }).map((cents) => (cents / 100).toFixed(2)),
  currency: fc.constantFrom('EUR', 'EUR', 'USD', null),
  isCredit: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
});

function recount(events: readonly (InvoiceEvent & { readonly occurredAt: string })[]): Recounted {
  const [start] = events;
  if (start?.type !== 'InvoiceIntegrated') throw new Error('a life begins by its first event');
  const first = start.data;
  const toValidate = first.billingFrame === 'A9';
  let one: Recounted = {
    first,
    status: toValidate ? 'A_VALIDER_1' : 'MISE_A_DISPOSITION',
    since: start.occurredAt,
    reason: null,
    recipient: first.recipient.identifier,
    madeAvailable: toValidate ? null : start.occurredAt,
  };
  for (const { type, data, occurredAt: since } of events) {
    if (type === 'InvoiceStatusChanged') {
      const came = isBeforeRecipient(data.from) && data.to === 'MISE_A_DISPOSITION';
      one = { ...one, status: data.to, since, reason: data.reason, madeAvailable: came ? since : one.madeAvailable };
    } else if (type === 'InvoiceRecycled') {
      const recipient = data.recipient.identifier;
      one = { ...one, status: 'MISE_A_DISPOSITION', since, reason: null, recipient, madeAvailable: since };
    } else if (type === 'InvoiceCompleted') one = { ...one, status: 'COMPLETEE', since, reason: null };
    else if (type === 'InvoiceValidatorCorrected') one = { ...one, status: 'A_VALIDER_1', since, reason: null };
  }
  expect(INVOICE_STATUS_CODES).toContain(one.status);
  return one;
}

function isIn(instant: string): boolean {
  return parisDay(instant) >= PERIOD.from && parisDay(instant) <= PERIOD.to;
}

function isRejected(status: InvoiceStatus): boolean {
  return status === 'REJETEE' || status === 'REFUSEE_1' || status === 'REFUSEE_2';
}

function sumOf(rows: readonly Record<string, unknown>[], name: string): number {
  return rows.reduce((sum, row) => sum + Number(row[name]), 0);
}

function totalOf(all: readonly Recounted[] = []): number {
  return all.reduce((cents, { first }) => cents + Math.round(Number(first.totalWithVat) * 100), 0) / 100;
}

function delaysOf(all: readonly Recounted[]): object {
  const seconds = all
    .map(({ first, madeAvailable }) => (Date.parse(madeAvailable ?? '') - Date.parse(first.depositedAt)) / 1_000)
    .sort((one, other) => one - other);
  const at = (part: number): number | undefined => seconds[Math.ceil(part * seconds.length) - 1];
  return { invoices: seconds.length, p50: at(0.5), p95: at(0.95), max: at(1) };
}
