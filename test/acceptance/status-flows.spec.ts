import { Decisions, Deposits, noVirusScanner, type Directory } from '#application';
import { invoiceStream, type InvoiceIntegrated } from '#domain';
import type { EventStore } from '#events';
import { PersonalDataCipher, PersonalDataVault, type ObjectStore } from '#persistence';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { ReportDelivery } from '../../apps/edi-worker/src/delivery/report-delivery.js';
import { StatusDelivery } from '../../apps/edi-worker/src/delivery/status-delivery.js';
import indexFlow from '../../apps/edi-worker/src/ingestion/index-thread.js';
import { FlowIngestion } from '../../apps/edi-worker/src/ingestion/ingest-flow.js';
import readStatuses from '../../apps/edi-worker/src/ingestion/status-thread.js';
import type { PartnerBoxes } from '../../apps/edi-worker/src/pick-up/partner-boxes.js';
import { PickUp } from '../../apps/edi-worker/src/pick-up/pick-up.js';
import { StatusIngestion } from '../../apps/edi-worker/src/statuses/status-ingestion.js';
import { BoxWorld } from '../support/box-world.js';
import { integratedInvoice } from '../support/invoice-events.js';
import { tarGzOf } from '../support/sample-flows.js';
import { cdarMessage, cppStatutFile } from '../support/status-files.js';
import { listeningLogger, project, TestClock } from '../support/test-store.js';

const ISSUER = '55208131766522';
const RECIPIENT = '11000201100044';
const OTHER_RECIPIENT = '39860733300059';
const VALIDATOR = '41816609600069';

describe('statuses that recipients drop', () => {
  let world: BoxWorld;
  let store: EventStore;
  let objects: ObjectStore;
  let directory: Directory;
  let boxes: PartnerBoxes;
  let deposits: Deposits;
  let statuses: StatusIngestion;
  let crashAfter = Infinity;
  const { logger } = listeningLogger();
  const clock = new TestClock('2026-11-22T10:00:00.000Z');
  const [invoices, sequences] = [{ last: 0 }, { last: 0 }];

  beforeAll(async () => {
    world = await BoxWorld.open();
    ({ store, objects, directory, boxes } = world);
    deposits = new Deposits(store, objects, clock, 1024 ** 3);
    const decisions = new Decisions(
      store,
      new PersonalDataVault(store.pool, new PersonalDataCipher('un-secret-de-trente-deux-lettres-au-moins')),
    );
    const pool = {
      readStatuses: (...[contentPath, entries]: Parameters<StatusPool['readStatuses']>) => {
        if ((crashAfter -= 1) < 0) return Promise.reject(new Error('the worker was killed'));
        return Promise.resolve(readStatuses({ contentPath, entries }));
      },
    };
    statuses = new StatusIngestion(decisions, pool, 'strict', 2);
    for (const identifier of [ISSUER, RECIPIENT, OTHER_RECIPIENT, VALIDATOR])
      await directory.registerStructure({ identifier, name: identifier, publicEntity: identifier !== ISSUER }, 'test');
    await world.connect('ISSUER', ISSUER);
    await world.connect('PUBLIC', RECIPIENT);
    await world.connect('OTHERS', OTHER_RECIPIENT);
    await world.connect('VALID1', VALIDATOR);
    await directory.chooseStatusFormat('ISSUER', 'both', 'test');
    await project(store);
  });

  afterAll(() => world.close());

  type StatusPool = ConstructorParameters<typeof StatusIngestion>[1];

  /** Lets an invoice in; gives its number. */
  const invoice = async (data: Partial<InvoiceIntegrated['data']> = {}): Promise<string> => {
    const number = `F-${(invoices.last += 1)}`;
    const first = integratedInvoice({ number, rank: invoices.last, ...data });
    const context = { commandId: randomUUID(), correlationId: 'test', actor: 'test' };
    await store.append(streamOf(number), 'none', [{ ...first, occurredAt: '2026-11-22T09:00:00.000Z' }], context);
    return number;
  };
  const streamOf = (number: string): string => invoiceStream(ISSUER, number, '2026-11-20');
  const lifeOf = async (number: string): Promise<unknown[]> => {
    const events: unknown[] = [];
    for await (const { type, data, metadata } of store.readStream(streamOf(number)))
      if (type === 'InvoiceStatusChanged') events.push({ ...(data as object), actor: metadata['actor'] });
    return events;
  };
  const statusesOf = async (number: string): Promise<unknown[]> =>
    (await lifeOf(number)).map((one) => (one as { to: string }).to);

  const worker = (): FlowIngestion =>
    new FlowIngestion(
      store,
      objects,
      noVirusScanner,
      directory,
      { index: indexFlow, judge: () => Promise.reject(new Error('no invoice here')), threadsForOneFlow: 1 },
      statuses,
      clock,
      {
        workFolder: world.workFolder,
        batchSize: 2,
        worker: 'test',
        maxFlowBytes: 1024 ** 3,
        schemaFolder: null,
      },
      logger,
    );

  /** Drops a flow and has it picked up; gives its number. */
  const drop = async (code: string, bytes: string | Buffer, interfaceCode = 'FSO1301A'): Promise<string> => {
    const sequence = String((sequences.last += 1)).padStart(15, '0');
    const name = `${interfaceCode}_${code}_${code}${interfaceCode.slice(3, 7)}${sequence}`;
    await writeFile(world.box(code, 'in', name), bytes);
    const pickUp = new PickUp(
      boxes,
      directory,
      deposits,
      { hint: () => Promise.resolve() } as never,
      clock,
      { host: 'test', pid: process.pid },
      logger,
    );
    await pickUp.look(); // it is whole when it has not grown by the next look
    await pickUp.look();
    await pickUp.settle();
    await project(store);
    const { rows } = await store.pool.query<{ number: string }>('SELECT number FROM read.flows WHERE name = $1', [
      name,
    ]);
    return rows[0]?.number ?? '';
  };

  /** Works on a flow until it has ended, and says what became of each status. */
  const work = async (flowNumber: string): Promise<object[]> => {
    await worker().ingest(flowNumber);
    await project(store);
    const { rows } = await store.pool.query<{ outcome: string; status: string; rule: string | null }>(
      `SELECT outcome, status, reasons->0->>'rule' AS rule FROM read.flow_invoices WHERE flow_number = $1 ORDER BY rank`,
      [flowNumber],
    );
    return rows.map(({ outcome, status, rule }) => (rule === null ? [outcome, status] : [outcome, status, rule]));
  };

  it('R25 R45 R48 gives the good ones, reports the bad ones, and the issuer reads them in both vocabularies', async () => {
    const [a, b, c, theirs] = [
      await invoice(),
      await invoice(),
      await invoice(),
      await invoice({ recipient: { identifier: OTHER_RECIPIENT, name: null } }),
    ];
    const flow = await drop(
      'PUBLIC',
      cppStatutFile(
        { number: a, code: '06', complement: 'JUSTIF_ABS', comment: 'Le RIB' },
        { number: theirs, code: '07' },
        { number: b, code: '07' },
        { number: c, code: '05', complement: 'MOTIF_INCONNU' },
        { number: b, code: '08', paymentOrder: '4711' },
      ),
    );
    expect(await work(flow)).toEqual([
      ['integrated', 'SUSPENDUE'],
      ['rejected', '07', 'STATUS-INVOICE-UNKNOWN'],
      ['integrated', 'SERVICE_FAIT'],
      ['rejected', 'REJETEE', 'FAC-004'],
      ['integrated', 'MANDATEE'],
    ]);
    expect(await lifeOf(a)).toMatchObject([
      { to: 'SUSPENDUE', by: 'recipient', reason: 'JUSTIF_ABS', comment: 'Le RIB', actor: 'connection-PUBLIC' },
    ]);
    expect(await lifeOf(b)).toMatchObject([{ to: 'SERVICE_FAIT' }, { to: 'MANDATEE', paymentOrder: '4711' }]);
    expect(await statusesOf(c)).toEqual([]);
    expect(await statusesOf(theirs)).toEqual([]);

    await new ReportDelivery(store, objects, boxes, clock, logger).deliver(flow);
    const [report = ''] = (await readdir(world.box('PUBLIC', 'out'))).filter((name) => name.startsWith('CSO1301A'));
    const text = await readFile(world.box('PUBLIC', 'out', report), 'utf8');
    expect(text).toContain('<IdStatut>96</IdStatut>');
    expect(text).toContain('statuts appliqués : 3, statuts refusés : 2');
    expect(text).toContain('<CodeErreur>REJ_INEX</CodeErreur>');
    expect(text).toContain(`Facture ${c} (rang 4) : Le motif « MOTIF_INCONNU »`);
    expect((await store.pool.query('SELECT 1 FROM read.rejects')).rowCount).toBe(0);

    await new StatusDelivery(store, objects, boxes, directory, clock, logger).look();
    const out = (await readdir(world.box('ISSUER', 'out'))).sort();
    expect(out).toEqual(['FEN1200A_ISSUER_ISSUER1200000000000000001', 'FEN1204A_ISSUER_ISSUER1204000000000000001']);
    const cppStatut = await readFile(world.box('ISSUER', 'out', out[0] ?? ''), 'utf8');
    const told = [...cppStatut.matchAll(/<IdStatut>(\d+)<.*?<IdFacture>([^<]*)</g)].map(
      ([, code, of]) => `${of} ${code}`,
    );
    expect(told.slice(-3)).toEqual([`${a} 06`, `${b} 07`, `${b} 08`]);
    const archive = await readFile(world.box('ISSUER', 'out', out[1] ?? ''));
    expect(archive.subarray(0, 2).toString('hex')).toBe('1f8b');
  });

  it('R25 R27 reads CDAR messages of an archive, each alone, by the hand that may give the status', async () => {
    const [a, b] = [await invoice(), await invoice()];
    const waiting = await invoice({ billingFrame: 'A9', validator: { identifier: VALIDATOR, name: null } });
    const good = [
      { name: '1.xml', content: cdarMessage({ number: a, code: '204', note: 'Mandatée : lot 2' }) },
      { name: '2.xml', content: cdarMessage({ number: b, code: '208' }) },
      { name: '3.xml', content: cdarMessage({ number: waiting, code: '204' }) },
    ];
    expect(await work(await drop('PUBLIC', await tarGzOf(good)))).toEqual([
      ['integrated', 'MANDATEE'],
      ['rejected', '208', 'BR-FR-CDV-15_MDT-113'],
      ['rejected', '204', 'STATUS-INVOICE-UNKNOWN'],
    ]);
    expect(await lifeOf(a)).toMatchObject([{ to: 'MANDATEE', comment: 'lot 2' }]);
    const approved = cdarMessage({ number: waiting, code: '205' });
    expect(await work(await drop('VALID1', approved, 'FSO1304A'))).toEqual([['integrated', 'VALIDEE_1']]);
    expect(await statusesOf(waiting)).toEqual(['VALIDEE_1', 'MISE_A_DISPOSITION']);
  });

  it('R46 a worker killed in the middle, and the same statuses again, change nothing twice', async () => {
    const numbers = [];
    for (let count = 0; count < 5; count += 1) numbers.push(await invoice());
    const units = numbers.map((number) => ({ number, code: '07' }));
    const flow = await drop('PUBLIC', cppStatutFile(...units));
    crashAfter = 1;
    await work(flow);
    crashAfter = Infinity;
    expect(await Promise.all(numbers.map(statusesOf))).toEqual([['SERVICE_FAIT'], ['SERVICE_FAIT'], [], [], []]);
    const all = numbers.map(() => ['integrated', 'SERVICE_FAIT']);
    expect(await work(flow)).toEqual(all);
    expect(await work(flow)).toEqual(all);
    const again = await drop('PUBLIC', cppStatutFile(...units.map((unit) => ({ ...unit, comment: 'bis' }))));
    expect(await work(again)).toEqual(all);
    expect(await Promise.all(numbers.map(statusesOf))).toEqual(numbers.map(() => ['SERVICE_FAIT']));
  });

  it.each([
    ['invoices', '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>', 'FILE-NO-STATUS'],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><CPPStatut/>', 'FILE-DOCTYPE'],
    ['a file that is cut', cppStatutFile({ number: 'F-1', code: '07' }).slice(0, -30), 'FILE-XML-TRUNCATED'],
  ])('R42 refuses a flow with %s as a whole', async (_, bytes, rule) => {
    const flow = await drop('PUBLIC', bytes);
    expect(await work(flow)).toEqual([]);
    const { rows } = await store.pool.query(
      'SELECT status, reasons->0->>$2 AS rule FROM read.flows WHERE number = $1',
      [flow, 'rule'],
    );
    expect(rows).toEqual([{ status: 'rejected', rule }]);
  });

  it('R25 tells a time after the deposit, and another date than that of the invoice', async () => {
    const number = await invoice();
    const flow = cppStatutFile(
      { number, code: '07', since: '2026-11-22T12:00:00' },
      { number, code: '07', issueDate: '2026-11-19' },
      { number, code: '99' },
      { number, code: '12' },
    );
    expect(await work(await drop('PUBLIC', flow))).toEqual([
      ['rejected', '07', 'STATUS-INSTANT-FUTURE'],
      ['rejected', '07', 'STATUS-INVOICE-OTHER-DATE'],
      ['rejected', '99', 'FAC-001'],
      ['rejected', 'COMPLETEE', 'FAC-002'],
    ]);
  });
});
