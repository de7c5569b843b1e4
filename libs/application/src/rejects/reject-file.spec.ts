import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { rejectFileCsv, rejectFileJson, rejectFileName, type RejectLine } from './reject-file.js';

const reason = {
  code: 'REJ_SEMAN',
  rule: 'BR-02',
  message: 'Le numéro de facture (BT-1) est absent.',
  location: '/Invoice/cbc:ID',
  line: 12,
  found: null,
  expected: 'un numéro',
};
const LINE: RejectLine = {
  flowNumber: 'CPP0011100000000000000042',
  flowName: 'FSO1100A_ABC123_ABC1231100000000000000042',
  depositedAt: '2026-09-14T21:59:59.000Z',
  channel: 'SFTP',
  sender: { identifier: '12345678200051', name: 'Opérateur' },
  issuer: { identifier: '33254021516357', name: 'Papeterie Corvelle' },
  invoiceNumber: 'F2026-001',
  invoiceDate: '2026-09-01',
  recipientIdentifier: '11000201100044',
  serviceCode: 'DAF',
  amount: '-1234.50',
  currency: 'EUR',
  rank: 3,
  member: 'F2026-001.xml',
  reasons: [reason],
  supportingDocuments: ['devis.pdf', '=1+1.pdf'],
  resendable: true,
  rejectedAt: '2026-09-14T22:00:00.000Z',
};
const line = (changes: Partial<RejectLine> = {}): RejectLine => ({ ...LINE, ...changes });

async function* each<T>(values: Iterable<T>): AsyncGenerator<T> {
  for (const value of values) yield await Promise.resolve(value);
}
async function bytesOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
const csvOf = async (...lines: RejectLine[]): Promise<string> => (await bytesOf(rejectFileCsv(each(lines)))).toString();

/** Reads a file strictly, as rows by header. */
function rowsOf(csv: string): Record<string, string>[] {
  return parse(csv, { bom: true, columns: true, delimiter: ';', record_delimiter: '\r\n', relax_quotes: false });
}
const rowOf = async (changes: Partial<RejectLine> = {}) =>
  rowsOf(await csvOf(line(changes)))[0] as Record<string, string>;

/** The documented way back: an apostrophe at the start of a text was put there. */
const undefused = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);
// eslint-disable-next-line no-control-regex
const withoutControls = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');
const STARTS_FORMULA = /^[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\t\r\0＝＋－＠]/;

describe('R44 the reject file as CSV', () => {
  it('is one for French Excel: mark, semicolons, CRLF, every field quoted', async () => {
    const bytes = await bytesOf(rejectFileCsv(each([LINE])));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [header, row, end, ...rest] = bytes.subarray(3).toString().split('\r\n');
    expect([end, rest]).toEqual(['', []]);
    expect(header?.split(';').every((cell) => /^"[^"]+"$/.test(cell))).toBe(true);
    expect(row?.startsWith('"CPP0011100000000000000042";"FSO1100A_')).toBe(true);
    expect(row?.replace(/"[^"]*"/g, '').replace(/;/g, '')).toBe('');
  });

  it('gives each datum under its French header', async () => {
    expect(await rowOf()).toEqual({
      'Numéro de flux': 'CPP0011100000000000000042',
      'Nom du flux': 'FSO1100A_ABC123_ABC1231100000000000000042',
      'Date de dépôt': '14/09/2026',
      'Heure de dépôt': '23:59:59 +02:00',
      Canal: 'EDI',
      'Émetteur du flux': '12345678200051',
      "Nom de l'émetteur": 'Opérateur',
      Fournisseur: '33254021516357',
      'Nom du fournisseur': 'Papeterie Corvelle',
      'Numéro de facture': 'F2026-001',
      'Date de facture': '01/09/2026',
      Destinataire: '11000201100044',
      'Code service': 'DAF',
      'Montant TTC': '-1234.50',
      Devise: 'EUR',
      'Rang dans le flux': '3',
      'Pièces jointes': 'devis.pdf | =1+1.pdf',
      "Fichier dans l'archive": 'F2026-001.xml',
      'Codes de motif': 'REJ_SEMAN',
      Règles: 'BR-02',
      Motifs: 'Le numéro de facture (BT-1) est absent.',
      'Emplacements (XPath)': '/Invoice/cbc:ID',
      Lignes: '12',
      'Valeurs trouvées': '',
      'Valeurs attendues': 'un numéro',
      'Renvoi possible avec le même numéro': 'oui',
      'Date de rejet': '15/09/2026',
      'Heure de rejet': '00:00:00 +02:00',
    });
  });

  it('keeps the reasons of a reject in parallel, also where one has nothing', async () => {
    const other = { ...reason, rule: 'BR-03', location: null, line: null, found: '0', expected: null };
    const row = await rowOf({ reasons: [reason, other], resendable: false });
    expect(row['Règles']).toBe('BR-02 | BR-03');
    expect(row['Emplacements (XPath)']).toBe('/Invoice/cbc:ID | ');
    expect(row['Lignes']).toBe('12 | ');
    expect(row['Valeurs trouvées']).toBe(' | 0');
    expect(row['Renvoi possible avec le même numéro']).toBe('non');
  });

  it('leaves empty what could not be read', async () => {
    const row = await rowOf({ issuer: null, invoiceNumber: null, amount: null, rank: null, invoiceDate: null });
    for (const header of ['Fournisseur', 'Numéro de facture', 'Montant TTC', 'Rang dans le flux', 'Date de facture']) {
      expect(row[header]).toBe('');
    }
  });

  it('has its header when no invoice was rejected', async () => {
    const csv = await csvOf();
    expect(csv.endsWith('"Heure de rejet"\r\n')).toBe(true);
    expect(rowsOf(csv)).toEqual([]);
  });

  it.each([
    ['2026-03-29T00:59:59Z', '29/03/2026', '01:59:59 +01:00'],
    ['2026-03-29T01:00:00Z', '29/03/2026', '03:00:00 +02:00'],
    ['2026-10-25T00:30:00Z', '25/10/2026', '02:30:00 +02:00'],
    ['2026-10-25T01:30:00Z', '25/10/2026', '02:30:00 +01:00'],
    ['2026-12-31T23:00:00Z', '01/01/2027', '00:00:00 +01:00'],
  ])('shows %s as %s, %s in Paris', async (depositedAt, day, time) => {
    const row = await rowOf({ depositedAt });
    expect([row['Date de dépôt'], row['Heure de dépôt']]).toEqual([day, time]);
  });

  it('shows an impossible date of an invoice as it was written', async () => {
    expect((await rowOf({ invoiceDate: '2026-02-30' }))['Date de facture']).toBe('2026-02-30');
    expect((await rowOf({ invoiceDate: '=2026' }))['Date de facture']).toBe("'=2026");
  });

  it.each(['0', '-0.01', '-1234.50', '9999999999999999999.999999'])('does not touch the amount %s', async (amount) => {
    expect((await rowOf({ amount }))['Montant TTC']).toBe(amount);
  });

  it.each(['-1+1', '-', '=1', '-1,5', '+5', '-1.', '--1', '-1\n'])(
    'defuses the amount %j, which is no number',
    async (amount) => {
      expect((await rowOf({ amount }))['Montant TTC']).toBe(`'${withoutControls(amount)}`);
    },
  );

  it.each([
    ["=HYPERLINK('http://x')", "'=HYPERLINK('http://x')"],
    ['  @SUM(A1)', "'  @SUM(A1)"],
    ['\u00a0=1', "'\u00a0=1"],
    ['\u200b=1', "'\u200b=1"],
    ['＝1+1', "'＝1+1"],
    ['\ttab', "' tab"],
    ['\0nul', "' nul"],
    ['\r\n=1', "'  =1"],
    ["'quoted", "''quoted"],
    ['A\r\nB\tC', 'A  B C'],
    ['a=b', 'a=b'],
    ['say "hi"; bye', 'say "hi"; bye'],
  ])('writes the text %j as %j', async (text, cell) => {
    expect((await rowOf({ invoiceNumber: text }))['Numéro de facture']).toBe(cell);
  });

  it('gives any text back by the documented rule, and no cell starts as a formula', async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n\0＝＋－＠\'"; |a\u00a0\u2028'.split('')) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 8, maxLength: 8 }), async (texts) => {
        const [number, name, issuer, issuerName, service, member, message, found] = texts as [string, ...string[]] &
          string[];
        const csv = await csvOf(
          line({
            invoiceNumber: number,
            flowName: name as string,
            issuer: { identifier: issuer as string, name: issuerName as string },
            serviceCode: service as string,
            member: member as string,
            reasons: [{ ...reason, message: message as string, found: found as string }],
          }),
        );
        const rows = rowsOf(csv);
        expect(rows).toHaveLength(1);
        const row = rows[0] as Record<string, string>;
        const written = [
          'Numéro de facture',
          'Nom du flux',
          'Fournisseur',
          'Nom du fournisseur',
          'Code service',
          "Fichier dans l'archive",
          'Motifs',
          'Valeurs trouvées',
        ].map((header) => row[header] as string);
        expect(written.map(undefused)).toEqual(texts.map(withoutControls));
        expect(written.filter((cell) => STARTS_FORMULA.test(cell))).toEqual([]);
        expect(row['Montant TTC']).toBe('-1234.50');
      }),
      { numRuns: 300 },
    );
  });

  it('hands on the failure of its source', async () => {
    const failing = (async function* () {
      yield await Promise.resolve(LINE);
      throw new Error('store lost');
    })();
    await expect(bytesOf(rejectFileCsv(failing))).rejects.toThrow('store lost');
  });

  it('lets go of its source when the reader stops', async () => {
    let released = false;
    const endless = (async function* () {
      try {
        for (;;) yield await Promise.resolve(LINE);
      } finally {
        released = true;
      }
    })();
    for await (const chunk of rejectFileCsv(endless)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await new Promise((turn) => setImmediate(turn));
    expect(released).toBe(true);
  });
});

describe('R44 the reject file as JSON', () => {
  it('has the raw values, their keys in a fixed order', async () => {
    const lines = [line({ invoiceNumber: '=1\n' }), LINE];
    const text = (await bytesOf(rejectFileJson('2026-09-15', '33254021516357', each(lines)))).toString();
    expect(JSON.parse(text)).toEqual({ day: '2026-09-15', party: '33254021516357', lines, count: 2 });
    const reversed = Object.fromEntries(Object.entries(LINE).reverse()) as unknown as RejectLine;
    const again = await bytesOf(
      rejectFileJson('2026-09-15', '33254021516357', each([lines[0] as RejectLine, reversed])),
    );
    expect(again.toString()).toBe(text);
  });

  it('is whole when no invoice was rejected', async () => {
    const text = (await bytesOf(rejectFileJson('2026-09-15', 'X', each([])))).toString();
    expect(JSON.parse(text)).toEqual({ day: '2026-09-15', party: 'X', lines: [], count: 0 });
  });
});

describe('R44 a reject file of a hundred thousand lines', () => {
  it('comes in blocks while its lines are made, with flat memory', async () => {
    const count = 100_000;
    let [made, seen, behind] = [0, 0, 0];
    const many = async function* () {
      for (made = 0; made < count; made++) yield await Promise.resolve(line({ rank: made }));
    };
    for await (const chunk of rejectFileCsv(many())) {
      seen += chunk.toString('latin1').split('\r\n').length - 1;
      // What was made and not yet given stands in the buffers of the streams: some hundred lines, whatever the count.
      behind = Math.max(behind, made - seen);
    }
    expect(seen).toBe(count + 1);
    expect(behind).toBeLessThan(1_000);
  }, 120_000);

  it('gives the same bytes for the same lines', async () => {
    const lines = Array.from({ length: 2_000 }, (_, rank) => line({ rank }));
    expect((await bytesOf(rejectFileCsv(each(lines)))).equals(await bytesOf(rejectFileCsv(each(lines))))).toBe(true);
  });
});

describe('rejectFileName', () => {
  it('names a file by day and party', () => {
    expect(rejectFileName('2026-09-15', '33254021516357', 'csv')).toBe('rejets_2026-09-15_33254021516357.csv');
  });

  it('is safe and distinct for any identifier', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        const name = rejectFileName('2026-09-15', one, 'json');
        expect(name).toMatch(/^rejets_2026-09-15_[A-Za-z0-9-]{1,41}\.json$/);
        if (one !== other) expect(rejectFileName('2026-09-15', other, 'json')).not.toBe(name);
      }),
    );
    expect(rejectFileName('2026-09-15', '../../etc/passwd', 'csv')).not.toContain('..');
    expect(rejectFileName('2026-09-15', '', 'csv')).toMatch(/^rejets_2026-09-15_-[0-9a-f]{16}\.csv$/);
  });

  it.each(['2026-02-30', '../x', ''])('refuses the day %j', (day) => {
    expect(() => rejectFileName(day, '1', 'csv')).toThrow(RangeError);
  });
});
