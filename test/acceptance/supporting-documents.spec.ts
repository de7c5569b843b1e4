import { parisDay } from '#domain';
import { text } from 'node:stream/consumers';
import { EICAR, startClamd, type TestClamd } from '../support/clamd.js';
import { batchOf, membersOf, sampleInvoices, tarGzOf, zipOf } from '../support/sample-flows.js';
import { startTestPlatform, type TestPlatform } from '../support/test-platform.js';

const overTenMegabytes = 10 * 1024 ** 2 + 1;

/** More than the failures that make an incident. */
const HANG_UPS = 6;

describe('R24 supporting documents of flows, on a platform with a virus scanner', () => {
  let on: TestPlatform;
  let clamd: TestClamd;
  let large: Buffer;

  beforeAll(async () => {
    clamd = await startClamd();
    on = await startTestPlatform({ settings: { VIRUS_SCANNER: clamd.url } });
    // Packed it is a few kilobytes: what counts is what comes out.
    large = await zipOf([{ name: 'annexe.csv', content: 'x'.repeat(overTenMegabytes) }]);
  }, 120_000);

  afterAll(async () => {
    await on.stop();
    await clamd.goAway();
  });

  /** Good invoices that carry this document and no other, or none at all. */
  function carrying(seed: string, name: string | null, document: string | Buffer = '', count = 1) {
    const bytes = Buffer.from(document).toString('base64');
    const carrier = `<cac:AdditionalDocumentReference><cbc:ID>PJ-1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="text/csv" filename="${name}">${bytes}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`;
    return sampleInvoices(on.directory, seed, count).map((invoice) => {
      const bare = invoice.xml.replace(/<cac:AdditionalDocumentReference>.*?<\/cac:AdditionalDocumentReference>/gs, '');
      const xml = bare.replace('<cac:AccountingSupplierParty>', (at) => `${name === null ? '' : carrier}${at}`);
      if (name !== null && xml === bare) throw new Error('The sample has no place for the document');
      return { ...invoice, xml };
    });
  }

  const eventsOf = async (flowNumber: string): Promise<string[]> => {
    const types: string[] = [];
    for await (const { type } of on.store.readStream(`flow-${flowNumber}`)) types.push(type);
    return types.filter((type) => type !== 'FlowProcessingStarted');
  };

  it('R24 is 10 MB at most by API, and 100 MB at most by EDI', async () => {
    const byEdi = await on.run(await batchOf(carrying('edi', 'annexe.csv', large)));
    expect(byEdi.invoices).toMatchObject({ total: 1, integrated: 1 });

    const byApi = await on.ended(await on.deposit(await tarGzOf(membersOf(carrying('api', 'annexe.csv', large)))));
    expect(byApi.invoices).toMatchObject({ total: 1, rejected: 1 });
    expect(await on.invoices(byApi.flowNumber)).toMatchObject([
      {
        outcome: 'rejected',
        reasons: [
          { rule: 'SUPPORTING-SIZE', message: expect.stringMatching(/annexe\.csv.*10485760 octets/) as string },
        ],
      },
    ]);
  });

  it('R24 R42 an infected document keeps its invoice out alone, and report and reject file name it', async () => {
    const scanned = clamd.streams.length;
    const [infected] = carrying('infected', 'bordereau.csv', EICAR);
    const invoices = [
      ...carrying('clean', 'propre.csv', 'a;b\n'),
      ...(infected === undefined ? [] : [infected]),
      ...carrying('none', null),
    ];
    const name = on.nextName();
    const { flowNumber, invoices: counts } = await on.run(await batchOf(invoices), name);
    expect(counts).toEqual({ total: 3, integrated: 2, rejected: 1, waiting: 0 });
    expect(new Set(clamd.streams.slice(scanned).map(String))).toEqual(new Set([EICAR, 'a;b\n']));
    const message = expect.stringMatching(/bordereau\.csv.*Eicar-Signature/) as string;
    const reasons = [{ code: 'IRR_ANTIVIRUS', rule: 'DOCUMENT-INFECTED', message }];
    expect(await on.invoices(flowNumber)).toMatchObject([
      { outcome: 'integrated' },
      { outcome: 'rejected', number: infected?.number, reasons },
      { outcome: 'integrated' },
    ]);

    const returned = `out/C${name.slice(1)}`;
    await on.eventually('the report in out/', async () => (await on.box.exists(returned)) !== false);
    expect(((await on.box.get(returned)) as Buffer).toString()).toMatch(/bordereau\.csv.*Eicar-Signature/);
    const [supplier] = on.directory.suppliers;
    const rejects = await on.client.rejectFile(parisDay(new Date()), supplier?.siret ?? '', 'json');
    const { lines } = JSON.parse(await text(rejects)) as { lines: { flowNumber: string }[] };
    expect(lines.filter((line) => line.flowNumber === flowNumber)).toMatchObject([
      { invoiceNumber: infected?.number, reasons },
    ]);
  });

  it('R24 R46 while the scanner is away flows with documents wait, the others go on, and none has failed', async () => {
    const twoInvoices = async (seed: string): Promise<Buffer> =>
      batchOf([...carrying(seed, 'propre.csv', `${seed};b\n`), ...carrying(`${seed}-none`, null)]);
    // First it hangs up in the middle, oftener than a flow may fail.
    clamd.manner = 'closing';
    const begun = await on.deposit(await twoInvoices('begun'));
    await on.eventually('the scanner to have hung up', () => Promise.resolve(clamd.hangUps >= HANG_UPS));
    // Then there is nobody.
    await clamd.goAway();
    const scanned = clamd.streams.length;
    const late = await on.deposit(await twoInvoices('late'));
    await on.eventually('a worker that found nobody', async () =>
      (await on.workerLogs())
        .split('\n')
        .some((line) => line.includes(late) && line.includes('the virus scanner is away: connect ECONNREFUSED')),
    );
    const without = await on.run(await batchOf(carrying('without', null, '', 2)));
    expect(without.invoices).toMatchObject({ total: 2, integrated: 2 });
    for (const flowNumber of [begun, late]) {
      expect(await on.client.flow(flowNumber)).toMatchObject({
        status: 'processing',
        incident: null,
        invoices: { total: 2, integrated: 0, rejected: 0, waiting: 2 },
      });
      expect(await eventsOf(flowNumber)).toEqual(['FlowDeposited', 'FlowSplit']);
    }
    expect(clamd.streams).toHaveLength(scanned);

    clamd.manner = 'scanning';
    await clamd.comeBack();
    for (const flowNumber of [begun, late]) {
      expect((await on.ended(flowNumber)).invoices).toEqual({ total: 2, integrated: 2, rejected: 0, waiting: 0 });
      expect(await eventsOf(flowNumber)).toEqual(['FlowDeposited', 'FlowSplit', 'FlowBatchRecorded', 'FlowCompleted']);
    }
    expect(new Set(clamd.streams.slice(scanned).map(String))).toEqual(new Set(['begun;b\n', 'late;b\n']));
  });
});
