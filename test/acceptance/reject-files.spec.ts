import { parse } from 'csv-parse/sync';
import { parisDay } from '#domain';
import { buffer, text } from 'node:stream/consumers';
import { ApiClient } from '../../tools/client/api-client.js';
import { flowName, generateInvoice, type FaultKind, type SampleSupplier } from '../../tools/samples/index.js';
import { describeOnOneQueue } from '../support/queue-backends.js';
import { ISSUE_DATE, membersOf, sampleInvoices, tarGzOf } from '../support/sample-flows.js';
import { startTestPlatform, type TestPlatform } from '../support/test-platform.js';

interface RejectFileJson {
  day: string;
  party: string;
  count: number;
  lines: { flowNumber: string; invoiceNumber: string | null; [field: string]: unknown }[];
}

describeOnOneQueue('reject files of the day', 'Redis', (queue) => {
  let on: TestPlatform;
  let today: string;
  /** Deposits for itself and for others: the sandbox's connection, of the first supplier. */
  let intermediary: ApiClient;
  /** An issuer that has a connection of its own and also sends through the intermediary. */
  let issuer: ApiClient;
  /** A partner that is concerned by nothing. */
  let stranger: ApiClient;
  let own: SampleSupplier;
  let other: SampleSupplier;
  let archive: { flowNumber: string; name: string };
  let direct: { flowNumber: string };

  const number = (series: string, rank: number): string => `RF-${series}-${rank}`;

  const invoiceOf = (supplier: SampleSupplier, series: string, rank: number, kindOfFault?: FaultKind): string => {
    const [recipient] = on.directory.recipients;
    if (recipient === undefined) throw new Error('The sample directory has no recipient');
    const request = {
      seed: `reject-${series}`,
      rank,
      format: 'UBL' as const,
      supplier,
      recipient,
      issueDate: ISSUE_DATE,
    };
    return generateInvoice({
      ...request,
      lineCount: 1,
      number: number(series, rank),
      ...(kindOfFault === undefined ? {} : { kindOfFault }),
    });
  };

  beforeAll(async () => {
    on = await startTestPlatform({ queue });
    const [first, second, third] = on.directory.suppliers;
    if (first === undefined || second === undefined || third === undefined) throw new Error('Too few suppliers');
    [own, other] = [first, second];
    intermediary = on.client;
    issuer = await connection('FOURN2', second);
    stranger = await connection('TIERS3', third);
    archive = await on.run(
      await tarGzOf([
        { name: 'propre.xml', content: invoiceOf(own, 'archive', 1, 'missing-total') },
        { name: 'client-1.xml', content: invoiceOf(other, 'archive', 2, 'impossible-date') },
        { name: 'client-2.xml', content: invoiceOf(other, 'archive', 3) },
        { name: 'client-3.xml', content: invoiceOf(other, 'archive', 4, 'missing-total') },
      ]),
    );
    const path = await on.file(invoiceOf(other, 'direct', 5, 'missing-date'));
    direct = await issuer.deposit(path, flowName('FSO1150A', 'FOURN2', 1));
    await on.eventually(
      'the end of the direct flow',
      async () => (await issuer.flow(direct.flowNumber).catch(() => null))?.status === 'rejected',
    );
    await on.eventually('four reject lines', async () => (await lines(on.operator, other.siret)).length >= 3);
    today = parisDay(new Date());
  }, 120_000);

  afterAll(async () => {
    await on.stop();
  });

  async function connection(applicationCode: string, { siret, name }: SampleSupplier): Promise<ApiClient> {
    const { apiKey } = await on.operator.openConnection({ applicationCode, structure: siret, name });
    const client = new ApiClient(on.platform.url, apiKey);
    await on.eventually(`the connection ${applicationCode}`, () => client.flows().catch(() => null));
    return client;
  }

  const json = async (client: ApiClient, sender: string): Promise<RejectFileJson> =>
    JSON.parse(await text(await client.rejectFile(parisDay(new Date()), sender, 'json'))) as RejectFileJson;

  const lines = async (client: ApiClient, sender: string): Promise<(string | null)[]> =>
    (await json(client, sender).catch(() => null))?.lines.map(({ invoiceNumber }) => invoiceNumber) ?? [];

  it('R44 gives the depositor one file of everything that it deposited and that stayed out', async () => {
    expect(await lines(intermediary, own.siret)).toEqual([
      number('archive', 1),
      number('archive', 2),
      number('archive', 4),
    ]);
  });

  it('R44 gives an issuer one file of its invoices, by whichever way they came', async () => {
    expect(await lines(issuer, other.siret)).toEqual([number('archive', 2), number('archive', 4), number('direct', 5)]);
  });

  it("R44 shows an intermediary, of its customer's file, only what it sent itself", async () => {
    expect(await lines(intermediary, other.siret)).toEqual([number('archive', 2), number('archive', 4)]);
    const [summary] = await intermediary.rejectFiles({ sender: other.siret });
    expect(summary).toMatchObject({ day: today, sender: other.siret, lines: 2 });
  });

  it('R44 shows nothing to anyone else', async () => {
    expect(await stranger.rejectFiles()).toEqual([]);
    for (const sender of [own.siret, other.siret]) {
      expect(await stranger.rejectFiles({ sender })).toEqual([]);
      await expect(stranger.rejectFile(today, sender, 'csv')).rejects.toMatchObject({
        problem: { status: 404, code: 'REJ-404' },
      });
    }
    // Of the depositor's file, an issuer that it sent for sees its own invoices alone.
    expect(await lines(issuer, own.siret)).toEqual([number('archive', 2), number('archive', 4)]);
    const closed = await fetch(`${on.platform.url}/api/rejects/${today}/${own.siret}`);
    expect(closed.status).toBe(401);
  });

  it('R44 shows every file to an operator', async () => {
    const files = await on.operator.rejectFiles();
    expect(files.map(({ day, sender, lines: count, closed }) => ({ day, sender, count, closed }))).toEqual(
      [
        { day: today, sender: own.siret, count: 3, closed: false },
        { day: today, sender: other.siret, count: 3, closed: false },
      ].sort((a, b) => (a.sender < b.sender ? -1 : 1)),
    );
    expect(await lines(on.operator, other.siret)).toHaveLength(3);
  });

  it('R44 writes the CSV with what is needed to correct and send again', async () => {
    // As bytes: decoding the stream would take the mark away.
    const csv = (await buffer(await intermediary.rejectFile(today, own.siret, 'csv'))).toString('utf8');
    expect(csv.startsWith('\ufeff"Numéro de flux";')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    const rows = parse<Record<string, string>>(csv, { bom: true, delimiter: ';', columns: true });
    expect(rows).toHaveLength(3);
    const flow = await intermediary.flow(archive.flowNumber);
    const [year, month, day] = parisDay(flow.depositedAt).split('-');
    expect(rows[1]).toMatchObject({
      'Numéro de flux': archive.flowNumber,
      'Nom du flux': archive.name,
      'Date de dépôt': `${day}/${month}/${year}`,
      Canal: 'EDI',
      'Émetteur du flux': own.siret,
      Fournisseur: other.siret,
      'Nom du fournisseur': other.name,
      'Numéro de facture': number('archive', 2),
      Destinataire: on.directory.recipients[0]?.siret,
      'Rang dans le flux': '2',
      "Fichier dans l'archive": 'client-1.xml',
      'Codes de motif': 'REJ_SEMAN',
      Règles: 'ID-DATE-SHAPE',
      'Valeurs trouvées': '2026-02-30',
    });
    expect(rows[1]?.['Motifs']).toMatch(/^\p{Lu}.*\.$/u);
    expect(rows[1]?.['Emplacements (XPath)']).toContain('IssueDate');
    expect(rows[1]?.['Renvoi possible avec le même numéro']).toBe('oui');
  });

  it('R44 writes the same lines in JSON, with their raw values', async () => {
    const file = await json(issuer, other.siret);
    expect(file).toMatchObject({ day: today, party: other.siret, count: 3 });
    expect(file.lines[2]).toMatchObject({
      flowNumber: direct.flowNumber,
      channel: 'API',
      sender: { identifier: other.siret },
      issuer: { identifier: other.siret },
      invoiceNumber: number('direct', 5),
      invoiceDate: null,
      rank: 1,
      member: null,
      reasons: [expect.objectContaining({ code: 'REJ_SEMAN', rule: 'BR-03' })],
    });
  });

  it('R44 grows while the day is open', async () => {
    const before = await lines(intermediary, own.siret);
    const { flowNumber } = await on.run(
      await tarGzOf(membersOf(sampleInvoices(on.directory, 'later', 2, ['missing-number', null]))),
    );
    await on.eventually(
      'one line more',
      async () => (await lines(intermediary, own.siret)).length === before.length + 1,
    );
    const { lines: all } = await json(intermediary, own.siret);
    expect(all.at(-1)).toMatchObject({ flowNumber, invoiceNumber: null, rank: 1 });
    const csv = await text(await intermediary.rejectFile(today, own.siret, 'csv'));
    expect(parse(csv, { bom: true, delimiter: ';', columns: true })).toHaveLength(before.length + 1);
  });
});
