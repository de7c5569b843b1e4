import { XMLParser } from 'fast-xml-parser';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { parisDay } from '#domain';
import type { ApiProblem } from '../../tools/client/api-client.js';
import { flowName } from '../../tools/samples/index.js';
import { checkInvariants } from '../support/invariants.js';
import { eventsOf } from '../support/log-reading.js';
import { describeOnOneQueue } from '../support/queue-backends.js';
import { batchOf, sampleInvoices } from '../support/sample-flows.js';
import { startTestPlatform, type TestPlatform } from '../support/test-platform.js';

const MAX_BYTES = 300_000;

describeOnOneQueue('deposit of flows', 'Redis', (queue) => {
  let on: TestPlatform;
  let invoice: (seed: string) => string;

  beforeAll(async () => {
    on = await startTestPlatform({ queue, settings: { FLOW_MAX_BYTES: String(MAX_BYTES) } });
    invoice = (seed) => sampleInvoices(on.directory, seed, 1)[0]?.xml ?? '';
  }, 120_000);

  afterAll(async () => {
    await on.stop();
  });

  it('R40 R45 takes a flow dropped over SFTP and returns its report', async () => {
    const bytes = invoice('sftp');
    const name = on.nextName();
    const report = await on.run(bytes, name);

    expect(report.flowNumber).toMatch(/^CPP001\d{19}$/);
    expect(report).toMatchObject({ name, status: 'integrated', container: 'xml', bytes: Buffer.byteLength(bytes) });
    expect(report.invoices).toEqual({ total: 1, integrated: 1, rejected: 0, waiting: 0 });
    expect(await on.client.flow(report.flowNumber)).toMatchObject({
      flowNumber: report.flowNumber,
      status: 'integrated',
    });

    const returned = `C${name.slice(1)}`;
    await on.eventually('the report in out/', async () => (await on.box.exists(`out/${returned}`)) !== false);
    const parsed = new XMLParser({ parseTagValue: false }).parse((await on.box.get(`out/${returned}`)) as Buffer) as {
      CPPStatut: { CPPFluxStatuts: { CPPFluxStatutUnitaire: { DonneesStatut: Record<string, string> } } };
    };
    expect(parsed.CPPStatut.CPPFluxStatuts.CPPFluxStatutUnitaire.DonneesStatut).toMatchObject({
      IdStatut: '90',
      IdFlux: name.slice(-25),
      Commentaire: `Flux ${report.flowNumber} : factures intégrées : 1, factures rejetées : 0`,
    });

    const types: string[] = [];
    for await (const { type } of on.store.readStream(`flow-${report.flowNumber}`)) types.push(type);
    expect(types.filter((type) => type !== 'FlowProcessingStarted')).toEqual([
      'FlowDeposited',
      'FlowSplit',
      'FlowBatchRecorded',
      'FlowCompleted',
      'FlowReportDelivered',
    ]);
  });

  it('R40 archives the dropped file under its flow number and leaves nothing in the box', async () => {
    const name = on.nextName();
    const bytes = invoice('archived');
    const { flowNumber, depositedAt } = await on.run(bytes, name);
    const { boxes } = on.platform.folder;
    const folder = `${boxes}/${on.sandbox.settings.sandbox.applicationCode}`;
    const archived = await on.eventually('the archived file', async () => {
      const days = await readdir(`${folder}/archive`).catch(() => []);
      const paths = await Promise.all(
        days.map(async (day) =>
          (await readdir(`${folder}/archive/${day}`)).map((file) => `${folder}/archive/${day}/${file}`),
        ),
      );
      return paths.flat().find((path) => path.includes(`${flowNumber}_`));
    });
    expect(archived).toContain(`/${parisDay(depositedAt)}/`);
    expect(archived.endsWith(`_${name}`)).toBe(true);
    expect(await readFile(archived, 'utf8')).toBe(bytes);
    expect((await on.box.list('in')).map((file) => file.name)).not.toContain(name);
    expect(await readdir(`${folder}/processing`)).toEqual([]);
  });

  it('R40 leaves a file under a temporary name alone until it gets its own', async () => {
    const name = on.nextName();
    const unfinished = await Promise.all(
      [`${name}.part`, `${name}.tmp`, `.${name}`, `${name}.filepart`].map(async (temporary) => {
        await on.box.put(Buffer.from(invoice('temporary')), `in/${temporary}`);
        return temporary;
      }),
    );
    // A flow dropped afterwards goes all the way: the pick-up has looked many times in the meantime.
    await on.run(invoice('after-temporary'));
    expect((await on.box.list('in')).map((file) => file.name).sort()).toEqual([...unfinished].sort());
    await on.box.rename(`in/${name}.part`, `in/${name}`);
    expect((await on.ended(name)).status).toBe('integrated');
    for (const left of unfinished.slice(1)) await on.box.delete(`in/${left}`);
  });

  it('R40 leaves a growing file alone until it is whole', async () => {
    const name = on.nextName();
    const bytes = await batchOf(sampleInvoices(on.directory, 'growing', 20));
    const step = Math.ceil(bytes.length / 25);
    for (let sent = 0; sent < bytes.length; sent += step) {
      await on.box.append(bytes.subarray(sent, sent + step), `in/${name}`);
      // Shorter than the interval of the pick-up: at each of its looks the file has grown.
      await pause(40);
    }
    const report = await on.ended(name);
    expect(report).toMatchObject({ status: 'integrated', bytes: bytes.length });
    expect(report.invoices.integrated).toBe(20);
    expect(await on.flowsNamed(name)).toHaveLength(1);
  });

  it('R40 recognises the same bytes: same name, other name, other channel', async () => {
    const bytes = invoice('same-bytes');
    const name = on.nextName();
    const first = await on.run(bytes, name);
    const otherName = on.nextName();

    expect(await on.client.deposit(await on.file(bytes), name)).toMatchObject({
      flowNumber: first.flowNumber,
      repeated: true,
    });
    expect(await on.client.deposit(await on.file(bytes), otherName)).toMatchObject({
      flowNumber: first.flowNumber,
      repeated: true,
    });
    await on.drop(bytes, name);
    await on.drop(bytes, on.nextName());

    const repetitions = await on.eventually('four repetitions in the log', async () => {
      const all = await eventsOf<{ flowNumber: string }>(on.store, 'FlowDepositRepeated');
      const own = all.filter(({ data }) => data.flowNumber === first.flowNumber);
      return own.length >= 4 && own;
    });
    expect(repetitions).toHaveLength(4);
    const deposits = await eventsOf<{ flowNumber: string; sha256: string }>(on.store, 'FlowDeposited');
    const sha256 = deposits.find(({ data }) => data.flowNumber === first.flowNumber)?.data.sha256;
    expect(deposits.filter(({ data }) => data.sha256 === sha256)).toHaveLength(1);
    expect(await on.client.flow(first.flowNumber)).toMatchObject({ status: 'integrated', invoices: { integrated: 1 } });
  });

  it('R40 makes one flow of the same bytes sent five times at once and by SFTP at the same instant', async () => {
    const bytes = invoice('at-once');
    const path = await on.file(bytes);
    const dropped = on.nextName();
    const [, ...receipts] = await Promise.all([
      on.drop(bytes, dropped),
      ...Array.from({ length: 5 }, () => on.client.deposit(path, on.nextName())),
    ]);
    const numbers = new Set(receipts.map(({ flowNumber }) => flowNumber));
    expect(numbers.size).toBe(1);
    const [flowNumber = ''] = numbers;
    const repetitions = await on.eventually('every copy but one to be a repetition', async () => {
      const all = await eventsOf<{ flowNumber: string }>(on.store, 'FlowDepositRepeated');
      const own = all.filter(({ data }) => data.flowNumber === flowNumber);
      return own.length >= 5 && own;
    });
    expect(repetitions).toHaveLength(5);
    expect((await on.ended(flowNumber)).invoices).toMatchObject({ total: 1, integrated: 1, rejected: 0 });
  });

  it('R40 takes many more deposits at once than there are connections to the database', async () => {
    const flows = sampleInvoices(on.directory, 'crowd', 40);
    const numbers = await Promise.all(flows.map(({ xml }) => on.deposit(xml)));
    expect(new Set(numbers).size).toBe(flows.length);
    for (const number of numbers) expect((await on.ended(number)).status).toBe('integrated');
  });

  it('R40 answers the same to a client that tries the same deposit again, without a repetition', async () => {
    const attempt = randomUUID();
    const body = invoice('retried');
    const send = async (): Promise<Record<string, unknown>> => {
      const response = await fetch(`${on.platform.url}/api/flows?name=${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${on.sandbox.settings.apiKey}`, 'idempotency-key': attempt },
        body,
      });
      expect(response.status).toBe(202);
      return (await response.json()) as Record<string, unknown>;
    };
    const name = on.nextName();
    const first = await send();
    expect(first).toMatchObject({ name, repeated: false });
    expect(await send()).toEqual(first);
  });

  it('R40 refuses a name used twice with other content (IRR_UNICITE), by SFTP and by the API', async () => {
    const name = on.nextName();
    const first = await on.run(invoice('name-first'), name);
    await on.drop(invoice('name-second'), name);
    const second = await on.eventually('the second flow of the name', async () =>
      (await on.flowsNamed(name)).find(
        ({ flowNumber, status }) => flowNumber !== first.flowNumber && status === 'rejected',
      ),
    );
    expect(second.reasons).toEqual([expect.objectContaining({ code: 'IRR_UNICITE', rule: 'FLOW-NAME-USED' })]);
    await expect(on.deposit(invoice('name-third'), name)).rejects.toMatchObject({
      problem: { status: 422, code: 'IRR_UNICITE' },
    });
    expect(await on.client.flow(first.flowNumber)).toMatchObject({ status: 'integrated' });
  });

  it.each([
    ['an ill-formed name', () => 'facture de novembre.xml', 'IRR_FORM', 'FILE-NAME-FORM'],
    ['an unknown interface', () => flowName('FSO9999Z', 'DEMO01', 1), 'IRR_CODE_INTER', 'FILE-NAME-INTERFACE-UNKNOWN'],
    [
      "another partner's application code",
      () => flowName('FSO1150A', 'AUTRE1', 1),
      'IRR_CODE_APP',
      'FLOW-UNKNOWN-SENDER',
    ],
    [
      'two application codes in one name',
      () => flowName('FSO1150A', 'DEMO01', 2).replace('_DEMO01_DEMO01', '_DEMO01_AUTRE1'),
      'IRR_FORM',
      'FILE-NAME-APPLICATION-MISMATCH',
    ],
  ])(
    'R40 refuses %s by SFTP, with its code in the report, the API and the reject file',
    async (_, nameOf, code, rule) => {
      const name = nameOf();
      const report = await on.run(invoice(`refused-${rule}`), name);
      expect(report.status).toBe('rejected');
      expect(report.reasons).toEqual([expect.objectContaining({ code, rule })]);
      expect(report.reasons[0]?.message).toMatch(/\S+ \S+/);

      const delivered = await on.eventually(
        'the name of the report',
        async () => (await on.client.flow(report.flowNumber)).reportName,
      );
      const xml = ((await on.box.get(`out/${delivered}`)) as Buffer).toString('utf8');
      expect(xml).toContain(`<CodeErreur>${code}</CodeErreur>`);
      expect(xml).toContain('<IdStatut>93</IdStatut>');

      const { structure } = on.sandbox.settings.sandbox;
      const csv = await text(await on.client.rejectFile(parisDay(new Date()), structure, 'csv'));
      expect(csv.split('\r\n').find((line) => line.includes(report.flowNumber))).toContain(`"${rule}"`);
    },
  );

  it('R40 refuses the same names over HTTP, with a problem document that gives the flow number', async () => {
    const refused: ApiProblem[] = [];
    await on.deposit(invoice('http-name'), 'facture.xml').catch((error: unknown) => refused.push(error as ApiProblem));
    const problem = refused[0]?.problem;
    expect(problem).toMatchObject({ status: 422, code: 'IRR_FORM' });
    expect((await on.ended(String(problem?.['flowNumber']))).status).toBe('rejected');
  });

  it('R40 R41 takes an upload streamed over HTTP without an announced length', async () => {
    const name = on.nextName();
    const bytes = await batchOf(sampleInvoices(on.directory, 'streamed', 25));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 5_000) }, (_, index) =>
      bytes.subarray(index * 5_000, (index + 1) * 5_000),
    );
    const { status, body } = await upload(on, name, pieces);
    expect(status).toBe(202);
    expect((await on.ended(String(body['flowNumber']))).invoices).toMatchObject({ integrated: 25, rejected: 0 });
  });

  it('R41 takes a flow of exactly the limit and rejects one byte more, by SFTP and by HTTP', async () => {
    const padded = async (seed: string, size: number): Promise<Buffer> => {
      const batch = await batchOf(sampleInvoices(on.directory, seed, 3));
      return Buffer.concat([batch, Buffer.alloc(size - batch.length, '\n')]); // white space after the root is legal
    };
    expect(await on.run(await padded('limit', MAX_BYTES))).toMatchObject({ status: 'integrated', bytes: MAX_BYTES });

    const dropped = await on.run(await padded('over-sftp', MAX_BYTES + 1));
    expect(dropped).toMatchObject({ status: 'rejected', container: null });
    expect(dropped.reasons).toEqual([expect.objectContaining({ code: 'IRR_TAILLE', rule: 'FLOW-TOO-LARGE' })]);
    expect(dropped.reasons[0]?.message).toContain(String(MAX_BYTES));

    const refused: ApiProblem[] = [];
    await on
      .deposit(await padded('over-http', MAX_BYTES + 1))
      .catch((error: unknown) => refused.push(error as ApiProblem));
    const name = on.nextName();
    // Far over, and still sending when it is refused: the answer must reach the sender all the same.
    const excess = Array.from({ length: 40 }, () => Buffer.alloc(100_000, '\n'));
    const streamed = await upload(on, name, [await padded('over-stream', MAX_BYTES), ...excess]);
    expect(refused[0]?.problem).toMatchObject({ status: 413, code: 'IRR_TAILLE' });
    expect(streamed).toMatchObject({ status: 413, body: { code: 'IRR_TAILLE', name } });

    const { structure } = on.sandbox.settings.sandbox;
    const numbers = [
      dropped.flowNumber,
      String(refused[0]?.problem['flowNumber']),
      String(streamed.body['flowNumber']),
    ];
    for (const number of numbers) expect((await on.ended(number)).status).toBe('rejected');
    const file = JSON.parse(await text(await on.client.rejectFile(parisDay(new Date()), structure, 'json'))) as {
      lines: { flowNumber: string; reasons: { code: string }[] }[];
    };
    for (const number of numbers)
      expect(file.lines.find(({ flowNumber }) => flowNumber === number)?.reasons).toEqual([
        expect.objectContaining({ code: 'IRR_TAILLE' }),
      ]);
  });

  it('R46 has kept every invariant of the log through all of this', async () => {
    const { violations, flows } = await checkInvariants(on.store, on.objects);
    expect(violations).toEqual([]);
    expect(flows).toBeGreaterThanOrEqual(15);
  });
});

/** Uploads pieces without saying how many there are, as a client does that streams. */
async function upload(
  { platform, sandbox }: TestPlatform,
  name: string,
  pieces: readonly Buffer[],
): Promise<{ status: number; body: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const upload = request(
      `${platform.url}/api/flows?name=${name}`,
      { method: 'POST', headers: { authorization: `Bearer ${sandbox.settings.apiKey}` } },
      (response) => {
        text(response).then(
          (body) => resolve({ status: response.statusCode ?? 0, body: JSON.parse(body) as Record<string, unknown> }),
          reject,
        );
      },
    );
    upload.on('error', reject); // also when the connection is cut before the answer
    for (const piece of pieces) upload.write(piece);
    upload.end();
  });
}
