import type { FlowInvoice } from '../../tools/client/api-client.js';
import type { FaultKind } from '../../tools/samples/index.js';
import { checkInvariants } from '../support/invariants.js';
import { eventsOf } from '../support/log-reading.js';
import { describeOnOneQueue } from '../support/queue-backends.js';
import { batchOf, facturXOf, memberName, membersOf, sampleInvoices, tarGzOf, zipOf } from '../support/sample-flows.js';
import { startTestPlatform, type TestPlatform } from '../support/test-platform.js';

/** What each fault of the sample generator must be rejected with: every rule of the invoice, and no other. */
const RULES: Readonly<Partial<Record<FaultKind, readonly string[]>>> = {
  'missing-number': ['BR-02'],
  'missing-date': ['BR-03'],
  'missing-recipient': ['BR-07', 'BR-10', 'BR-FR-12', 'BR-FR-CPRO-10'],
  'missing-total': ['BR-CO-15', 'BR-14', 'BR-CO-16'],
  'not-well-formed': ['SYNTAX-MALFORMED'],
  'recipient-unknown': ['RECIPIENT-UNKNOWN'],
  'recipient-inactive': ['RECIPIENT-INACTIVE'],
  duplicate: ['DUPLICATE-IN-FLOW'],
  'impossible-date': ['ID-DATE-SHAPE'],
};

/** One fault of each kind, with good neighbours on both sides. */
const MIXED: readonly (FaultKind | null)[] = [
  null,
  ...(Object.keys(RULES) as FaultKind[]).flatMap((kind) => [kind, null]),
];

describeOnOneQueue('ingestion of flows', 'PostgreSQL', (queue) => {
  let on: TestPlatform;

  beforeAll(async () => {
    on = await startTestPlatform({ queue });
  }, 120_000);

  afterAll(async () => {
    await on.stop();
  });

  /** Outcome and rules of each invoice, by rank from 0. */
  const results = (invoices: readonly FlowInvoice[]): (readonly string[] | 'integrated')[] =>
    invoices.map(({ outcome, reasons }) => (outcome === 'integrated' ? outcome : reasons.map(({ rule }) => rule)));
  const expected = MIXED.map((fault) => (fault === null ? 'integrated' : RULES[fault]));
  const good = MIXED.filter((fault) => fault === null).length;

  it.each([
    ['an XML batch', 'xml-batch', batchOf, 'FSO1150A'],
    ['a tar.gz', 'tar.gz', (invoices: ReturnType<typeof sampleInvoices>) => tarGzOf(membersOf(invoices)), 'FSO1150A'],
    ['a zip', 'zip', (invoices: ReturnType<typeof sampleInvoices>) => zipOf(membersOf(invoices)), 'FSO1150A'],
  ])(
    'R42 R43 lets the good invoices of %s in and keeps each bad one out with its rules',
    async (_, container, pack, code) => {
      const invoices = sampleInvoices(on.directory, `mixed-${container}`, MIXED.length, MIXED);
      const report = await on.run(await pack(invoices), on.nextName(code));
      expect(report).toMatchObject({ status: 'partly-integrated', container });
      expect(report.invoices).toEqual({
        total: MIXED.length,
        integrated: good,
        rejected: MIXED.length - good,
        waiting: 0,
      });
      const outcomes = await on.invoices(report.flowNumber);
      expect(outcomes.map(({ rank }) => rank)).toEqual(MIXED.map((_fault, rank) => rank + 1));
      expect(results(outcomes)).toEqual(expected);
      if (container !== 'xml-batch')
        expect(outcomes.map(({ member }) => member)).toEqual(MIXED.map((_fault, rank) => memberName(rank)));
      for (const { reasons, outcome } of outcomes)
        if (outcome === 'rejected') for (const { message } of reasons) expect(message).toMatch(/[.)]$/);
    },
  );

  it('R42 reads CII as it reads UBL', async () => {
    const invoices = sampleInvoices(on.directory, 'cii', MIXED.length, MIXED, { formats: ['CII'] });
    const report = await on.run(await batchOf(invoices), on.nextName('FSO1156A'));
    // CII has an address of the buyer to miss where UBL has none.
    const inCii = expected.map((rules) =>
      Array.isArray(rules) && rules.includes('BR-FR-CPRO-10') ? [...(rules as string[]), 'BR-11'] : rules,
    );
    const sorted = (all: readonly unknown[]) =>
      all.map((rules) => (Array.isArray(rules) ? [...(rules as string[])].sort() : rules));
    expect(sorted(results(await on.invoices(report.flowNumber)))).toEqual(sorted(inCii));
  });

  it('R42 lets a good Factur-X in and rejects a bad one by the rule of its XML', async () => {
    const invoices = sampleInvoices(on.directory, 'factur-x', 2, [null, 'missing-total'], { formats: ['CII'] });
    const [good, bad] = await Promise.all(invoices.map(facturXOf));
    const integrated = await on.run(good ?? '', on.nextName('FSO1157A'));
    expect(integrated).toMatchObject({ status: 'integrated', container: 'pdf', invoices: { total: 1, integrated: 1 } });
    expect((await on.invoices(integrated.flowNumber))[0]?.number).toBe(invoices[0]?.number);
    const rejected = await on.run(bad ?? '', on.nextName('FSO1157A'));
    expect(rejected).toMatchObject({ status: 'rejected', invoices: { total: 1, rejected: 1 } });
    expect(results(await on.invoices(rejected.flowNumber))).toEqual([RULES['missing-total']]);
  });

  it('R42 reads Factur-X and XML side by side in one archive', async () => {
    const invoices = sampleInvoices(on.directory, 'archive-of-both', 3, [null, null, 'missing-number'], {
      formats: ['CII'],
    });
    const members = [
      { name: 'a.pdf', content: await facturXOf(invoices[0] as (typeof invoices)[number]) },
      { name: 'b.xml', content: invoices[1]?.xml ?? '' },
      { name: 'c.pdf', content: await facturXOf(invoices[2] as (typeof invoices)[number]) },
    ];
    const report = await on.run(await tarGzOf(members), on.nextName('FSO1157A'));
    const outcomes = await on.invoices(report.flowNumber);
    expect(results(outcomes)).toEqual(['integrated', 'integrated', ['BR-02']]);
    expect(outcomes.map(({ member }) => member)).toEqual(['a.pdf', 'b.xml', 'c.pdf']);
  });

  it.each([
    ['an end tag', /<\/cbc:RegistrationName>/],
    ['the bracket of a tag', /<cac:TaxTotal>/],
    ['its own end tag', /<\/Invoice>\s*$/],
  ])('R42 keeps the neighbours of an invoice that lacks %s in a batch', async (what, missing) => {
    const invoices = sampleInvoices(on.directory, `lacks ${what}`, 7);
    const broken = invoices.map(({ rank, xml }) => ({
      xml: rank === 3 ? xml.replace(missing, (tag) => (what.startsWith('the bracket') ? tag.slice(0, -1) : '')) : xml,
    }));
    expect(broken[3]?.xml).not.toBe(invoices[3]?.xml);
    const report = await on.run(await batchOf(broken));
    const outcomes = await on.invoices(report.flowNumber);
    expect(outcomes.flatMap(({ outcome, number }) => (outcome === 'integrated' ? [number] : []))).toEqual(
      invoices.flatMap(({ rank, number }) => (rank === 3 ? [] : [number])),
    );
    const rejected = outcomes.filter(({ outcome }) => outcome === 'rejected');
    expect(rejected).toHaveLength(1);
    expect(new Set(rejected[0]?.reasons.map(({ code }) => code))).toEqual(new Set(['IRR_SYNTAX']));
  });

  it('R42 refuses a batch that stops in the middle as a whole, and lets none of it in', async () => {
    const bytes = await batchOf(sampleInvoices(on.directory, 'cut', 30));
    const report = await on.run(bytes.subarray(0, Math.floor(bytes.length * 0.9)));
    expect(report).toMatchObject({ status: 'rejected', invoices: { integrated: 0, rejected: 0 } });
    expect(report.reasons).toEqual([expect.objectContaining({ code: 'IRR_SYNTAX', rule: 'FILE-XML-TRUNCATED' })]);
    expect(await on.invoices(report.flowNumber)).toEqual([]);
  });

  it('R43 reports every violated rule of an invoice, with place, value and what to do', async () => {
    const [invoice] = sampleInvoices(on.directory, 'all-reasons', 1);
    const xml = (invoice?.xml ?? '')
      .replace(/(<cbc:ProfileID>[^<]*<\/cbc:ProfileID>)<cbc:ID>[^<]*<\/cbc:ID>/, '$1')
      .replace(/(<cbc:IssueDate>\d{4})-\d\d-\d\d/, '$1-13-41')
      .replace(/<cbc:TaxInclusiveAmount[^>]*>[^<]*<\/cbc:TaxInclusiveAmount>/, '')
      .replace(/(<cbc:PayableAmount[^>]*>)[^<]*/, '$1mille euros')
      .replaceAll(invoice?.recipient.siret ?? '', on.directory.unknownRecipient.siret);
    const report = await on.run(xml);
    const [{ reasons } = { reasons: [] }] = await on.invoices(report.flowNumber);
    const { siret } = on.directory.unknownRecipient;
    expect([...reasons.map(({ rule }) => rule)].sort()).toEqual(
      [
        'BR-02',
        'BR-14',
        'BR-CO-15',
        'BR-FR-03',
        'BR-FR-09',
        'BR-FR-DEC-01',
        'RECIPIENT-UNKNOWN',
        'VALUE-NOT-COMPUTABLE',
      ].sort(),
    );
    const found = (rule: string) => reasons.find((reason) => reason.rule === rule);
    expect(found('BR-FR-03')).toMatchObject({
      code: 'REJ_SEMAN',
      found: '2026-13-41',
      location: expect.stringMatching(/IssueDate/) as string,
      line: expect.any(Number) as number,
    });
    expect(found('VALUE-NOT-COMPUTABLE')).toMatchObject({
      found: 'mille euros',
      location: expect.stringMatching(/PayableAmount/) as string,
    });
    expect(found('RECIPIENT-UNKNOWN')).toMatchObject({ code: 'DEST_INC', found: siret });
  });

  it('R45 counts and lists the outcome of each invoice, page by page', async () => {
    const faults = Array.from({ length: 65 }, (_, rank): FaultKind | null =>
      rank % 5 === 2 ? 'missing-number' : null,
    );
    const report = await on.run(await batchOf(sampleInvoices(on.directory, 'pages', 65, faults)));
    expect(report.invoices).toEqual({ total: 65, integrated: 52, rejected: 13, waiting: 0 });
    const seen: number[] = [];
    let pages = 0;
    for (let after: string | null = '0'; after !== null; pages += 1) {
      const page = await get(on, `/api/flows/${report.flowNumber}/invoices?limit=10&after=${after}`);
      expect(page.total).toBe(65);
      seen.push(...page.items.map(({ rank }) => rank));
      after = page.next;
    }
    expect(seen).toEqual(faults.map((_, rank) => rank + 1));
    expect(pages).toBe(7);
    const rejected = await get(on, `/api/flows/${report.flowNumber}/invoices?outcome=rejected`);
    expect(rejected.total).toBe(13);
    expect(rejected.items.map(({ rank }) => rank)).toEqual(
      faults.flatMap((fault, rank) => (fault === null ? [] : [rank + 1])),
    );
    expect(rejected.items.every(({ reasons }) => reasons.map(({ rule }) => rule).join() === 'BR-02')).toBe(true);
  });

  it('R46 rejects an invoice that another flow has brought, and leaves the original untouched', async () => {
    const invoices = sampleInvoices(on.directory, 'original', 4);
    const first = await on.run(await batchOf(invoices));
    const before = await eventsOf<{ flowNumber: string }>(on.store, 'InvoiceIntegrated');
    const originals = before.filter(({ data }) => data.flowNumber === first.flowNumber);
    const news = sampleInvoices(on.directory, 'original-news', 1);
    const second = await on.run(await batchOf([...invoices.slice(1, 3), ...news]));
    expect(results(await on.invoices(second.flowNumber))).toEqual([['DUPLICATE'], ['DUPLICATE'], 'integrated']);
    const after = await eventsOf<{ flowNumber: string }>(on.store, 'InvoiceIntegrated');
    expect(after.filter(({ data }) => data.flowNumber === first.flowNumber)).toEqual(originals);
    for (const { stream } of originals) expect((await on.store.streamVersions([stream])).get(stream)).toBe(1);
    expect(await on.client.flow(first.flowNumber)).toEqual(
      first.reportName === null ? expect.objectContaining({ invoices: first.invoices }) : first,
    );
  });

  it('R46 takes a reject for no use of the number: the corrected invoice goes in', async () => {
    const [wrong] = sampleInvoices(on.directory, 'corrected', 1, ['missing-total']);
    const [corrected] = sampleInvoices(on.directory, 'corrected', 1);
    expect(results(await on.invoices((await on.run(wrong?.xml ?? '')).flowNumber))).toEqual([RULES['missing-total']]);
    expect(results(await on.invoices((await on.run(corrected?.xml ?? '')).flowNumber))).toEqual(['integrated']);
  });

  it('R46 lets each invoice in once when flows with the same invoices race', async () => {
    const invoices = sampleInvoices(on.directory, 'race', 60);
    // The same invoices, other bytes: each flow begins elsewhere.
    const flows = await Promise.all(
      [0, 15, 30, 45].map((from) => batchOf([...invoices.slice(from), ...invoices.slice(0, from)])),
    );
    const numbers = await Promise.all(flows.map((bytes) => on.deposit(bytes)));
    const reports = await Promise.all(numbers.map((number) => on.ended(number)));
    const count = (part: 'integrated' | 'rejected'): number =>
      reports.reduce((sum, { invoices }) => sum + invoices[part], 0);
    expect({ integrated: count('integrated'), rejected: count('rejected') }).toEqual({ integrated: 60, rejected: 180 });
    const rejected = await Promise.all(numbers.map((number) => on.invoices(number, 'rejected')));
    expect(new Set(rejected.flat().flatMap(({ reasons }) => reasons.map(({ rule }) => rule)))).toEqual(
      new Set(['DUPLICATE']),
    );
  });

  it('R46 has kept every invariant of the log through all of this', async () => {
    const { violations, invoices } = await checkInvariants(on.store, on.objects);
    expect(violations).toEqual([]);
    expect(invoices).toBeGreaterThan(400);
  });
});

async function get(
  { platform, sandbox }: TestPlatform,
  path: string,
): Promise<{ items: FlowInvoice[]; total: number; next: string | null }> {
  const response = await fetch(`${platform.url}${path}`, {
    headers: { authorization: `Bearer ${sandbox.settings.apiKey}` },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { items: FlowInvoice[]; total: number; next: string | null };
}
