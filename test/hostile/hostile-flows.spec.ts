import { catalogue } from '#einvoice';
import { parisDay } from '#domain';
import { parse } from 'csv-parse/sync';
import { text } from 'node:stream/consumers';
import { checkInvariants } from '../support/invariants.js';
import { describeOnOneQueue } from '../support/queue-backends.js';
import { sampleInvoices } from '../support/sample-flows.js';
import { startTestPlatform, type TestPlatform } from '../support/test-platform.js';
import { HOSTILE_FILES, MAX_BYTES } from './hostile-files.js';

describeOnOneQueue('files that mean harm', 'PostgreSQL', (queue) => {
  let on: TestPlatform;
  let pids: { worker: number; api: number };

  beforeAll(async () => {
    on = await startTestPlatform({ queue, settings: { FLOW_MAX_BYTES: String(MAX_BYTES) } });
    pids = { worker: on.platform.workers[0]?.pid ?? 0, api: on.platform.api.pid };
  }, 120_000);

  afterAll(async () => {
    await on.stop();
  });

  /** Drops the next good flow. */
  const dropGood = (seed: string): Promise<string> => {
    const [good] = sampleInvoices(on.directory, `after ${seed}`, 1);
    return on.drop(good?.xml ?? '');
  };

  /** The programs are those of the beginning, and the good flow that was dropped after the harm goes in. */
  const expectUnharmed = async (good: string): Promise<void> => {
    expect((await on.ended(good)).status).toBe('integrated');
    expect(on.platform.workers.map(({ pid }) => pid)).toEqual([pids.worker]);
    expect(on.platform.workers[0]?.isRunning()).toBe(true);
    expect(on.platform.api.pid).toBe(pids.api);
    expect(on.platform.api.isRunning()).toBe(true);
  };

  /** The text is the French one of the catalogue, and ends with what to do. */
  const expectFrench = ({ code, rule, message }: { code: string; rule: string; message: string }): void => {
    const entry = catalogue.find((one) => one.rule === rule);
    expect(entry?.code).toBe(code);
    const [beginning = ''] = (entry?.fr ?? '?').split('{');
    const [advice = ''] = (entry?.action ?? '?').split('{');
    expect(message.startsWith(beginning)).toBe(true);
    expect(message).toContain(advice);
  };

  it.each(HOSTILE_FILES)(
    'R42 R43 R44 names what is wrong with $what, and goes on',
    async ({ what, interfaceCode, make, expected }) => {
      const name = on.nextName(interfaceCode);
      await on.drop(await make(sampleInvoices(on.directory, what, 3)), name);
      const good = await dropGood(what);
      const report = await on.ended(name);

      const flowRule = 'flow' in expected ? expected.flow : null;
      const outcomes = await on.invoices(report.flowNumber);
      if (flowRule !== null) {
        expect(report).toMatchObject({ status: 'rejected', invoices: { integrated: 0, rejected: 0 } });
        expect(report.reasons.map(({ rule }) => rule)).toEqual([flowRule]);
      } else {
        expect(report.reasons).toEqual([]);
        // One rule at least names the harm; others may add to it.
        expect(outcomes.map(({ reasons }) => reasons[0]?.rule ?? null)).toEqual(
          'invoices' in expected ? expected.invoices : [],
        );
      }
      const reasons = [...report.reasons, ...outcomes.flatMap((outcome) => outcome.reasons)];
      expect(reasons.length).toBeGreaterThan(0);
      reasons.forEach(expectFrench);

      const delivered = await on.eventually(
        'the report',
        async () => (await on.client.flow(report.flowNumber)).reportName,
      );
      const xml = ((await on.box.get(`out/${delivered}`)) as Buffer).toString('utf8');
      const csv = await text(
        await on.client.rejectFile(parisDay(report.depositedAt), on.sandbox.settings.sandbox.structure, 'csv'),
      );
      const rows = parse<Record<string, string>>(csv, { bom: true, delimiter: ';', columns: true }).filter(
        (row) => row['Numéro de flux'] === report.flowNumber,
      );
      expect(rows).toHaveLength(flowRule === null ? report.invoices.rejected : 1);
      for (const { code, rule } of reasons) {
        expect(xml).toContain(`<CodeErreur>${code}</CodeErreur>`);
        expect(xml).toContain(rule);
        expect(rows.some((row) => row['Codes de motif']?.includes(code) && row['Règles']?.includes(rule))).toBe(true);
      }
      await expectUnharmed(good);
    },
  );

  it.each([
    ['a NUL', 'FSO1100A\u0000_DEMO01'],
    ['an escape sequence', '\u001b[31mrouge'],
    ['a way out of the folder', '../../FSO1100A_DEMO01'],
    ['an end of line', 'FSO1100A\r\nX-Injecte: 1'],
    ['a change of direction', 'FSO1100A\u202exml.exe'],
    ['a formula', '=HYPERLINK("http://exemple.invalid")'],
  ])('R40 R44 refuses a flow name with %s sent to the API, and goes on', async (what, name) => {
    const [invoice] = sampleInvoices(on.directory, `name ${what}`, 1);
    const response = await fetch(`${on.platform.url}/api/flows?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${on.sandbox.settings.apiKey}` },
      body: invoice?.xml ?? '',
    });
    expect(response.status).toBe(422);
    const good = await dropGood(`name ${what}`);
    const problem = (await response.json()) as { code: string; flowNumber: string };
    expect(problem.code).toBe('IRR_FORM');
    expect((await on.ended(problem.flowNumber)).status).toBe('rejected');
    // That the flow has ended and that it is in the file are told by two read models, each at its own pace.
    const line = await on.eventually('the line of the reject file', async () => {
      const day = parisDay(new Date());
      const csv = await text(await on.client.rejectFile(day, on.sandbox.settings.sandbox.structure, 'csv'));
      return csv.split('\r\n').find((row) => row.includes(problem.flowNumber));
    });
    // One line of the file, in which nothing acts: no control character, no formula.
    // eslint-disable-next-line no-control-regex
    expect(line).not.toMatch(/[\u0000-\u001f\u007f]|;"[=+@]/);
    await expectUnharmed(good);
  });

  it('R46 has kept every invariant of the log through all of this', async () => {
    const { violations, flows } = await checkInvariants(on.store, on.objects);
    expect(violations).toEqual([]);
    expect(flows).toBeGreaterThanOrEqual(2 * HOSTILE_FILES.length);
  });
});
