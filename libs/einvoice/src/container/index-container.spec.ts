import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readInvoice } from '../invoice/read-invoice.js';
import type { InvoiceReading } from '../invoice/reading.js';
import { tarOf, zipOf } from '../../../../test/support/archives.js';
import { ciiInvoice, ublInvoice } from '../../../../test/support/invoice-documents.js';
import { ContainerRefused } from './container-refused.js';
import { indexContainer } from './index-container.js';
import type { ContainerIndex, IndexEntry } from './index-entry.js';
import type { ContainerLimits } from './limits.js';
import { readIndex } from './read-index.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einvoice-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Indexed {
  readonly index: ContainerIndex;
  readonly entries: readonly IndexEntry[];
  readonly readings: readonly InvoiceReading[];
}

async function index(bytes: Buffer | string, limits: Partial<ContainerLimits> = {}): Promise<Indexed> {
  const source = join(folder, 'flow');
  await writeFile(source, bytes);
  const result = await indexContainer({ source, workFolder: join(folder, 'work'), limits });
  const content = await readFile(result.contentPath);
  const entries: IndexEntry[] = [];
  const readings: InvoiceReading[] = [];
  for await (const batch of readIndex(result.indexPath)) {
    for (const entry of batch) {
      const slice = content.subarray(entry.offset, entry.offset + entry.length);
      expect(createHash('sha256').update(slice).digest('hex')).toBe(entry.sha256);
      entries.push(entry);
      readings.push(await readInvoice(slice, entry));
    }
  }
  expect(entries.map(({ rank }) => rank)).toEqual(entries.map((_, at) => at));
  expect(result.count).toBe(entries.length);
  expect(result.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  return { index: result, entries, readings };
}

async function refusal(
  bytes: Buffer | string,
  limits: Partial<ContainerLimits> = {},
): Promise<ContainerRefused['finding']> {
  try {
    await index(bytes, limits);
  } catch (error) {
    if (error instanceof ContainerRefused) return error.finding;
    throw error;
  }
  throw new Error('The container was not refused');
}

const numbers = (indexed: Indexed): (string | undefined)[] =>
  indexed.readings.map(({ invoice }) => invoice.number?.value);
const rules = (indexed: Indexed): (string | undefined)[] => indexed.entries.map(({ refusal: why }) => why?.rule);

describe('R42 Indexing one document', () => {
  it.each([
    ['UBL', ublInvoice()],
    ['CII', ciiInvoice()],
    [
      'UBL after a declaration, a comment and white space',
      `<?xml version="1.0" encoding="UTF-8"?>\n<!-- x -->\n${ublInvoice()}\n`,
    ],
  ])('takes a %s file as one invoice', async (_, text) => {
    const indexed = await index(text);
    expect(indexed.index).toMatchObject({ container: 'xml', count: 1, refused: 0, bytes: Buffer.byteLength(text) });
    expect(indexed.readings[0]?.status).toBe('read');
  });

  it('passes over a byte order mark', async () => {
    const indexed = await index(`\ufeff<?xml version="1.0"?>${ublInvoice()}`);
    expect(indexed.entries[0]?.offset).toBe(3);
    expect(indexed.readings[0]?.status).toBe('read');
  });

  it.each([
    ['UTF-16 with a mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'UTF-16'],
    ['UTF-16 big-endian', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'UTF-16'],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le'), 'UTF-16'],
    ['ISO-8859-1', (text: string) => Buffer.from(text, 'latin1'), 'ISO-8859-1'],
    ['ISO-8859-15', (text: string) => Buffer.from(text, 'latin1'), 'iso-8859-15'],
    ['windows-1252', (text: string) => Buffer.from(text, 'latin1'), 'windows-1252'],
  ])('transcodes %s', async (_, encode, declared) => {
    const indexed = await index(encode(`<?xml version="1.0" encoding="${declared}"?>\n${ublInvoice()}`));
    expect(indexed.index.contentPath).not.toBe(join(folder, 'flow'));
    const [reading] = indexed.readings;
    expect(reading?.status).toBe('read');
    expect(reading?.invoice.supplier.name?.value).toBe('Câblage du Rhône');
    expect(reading?.invoice.number?.line).toBe(5);
  });

  it('takes a format that is recognised but not read as one document', async () => {
    const indexed = await index('<CPPFactures compteur="2"><CPPFacture/></CPPFactures>');
    expect(indexed.readings[0]).toMatchObject({
      status: 'unsupported',
      findings: [{ rule: 'SYNTAX-FORMAT-UNSUPPORTED' }],
    });
  });

  it('refuses only the invoice when a single file is over the size of an invoice', async () => {
    const indexed = await index(ublInvoice(), { memberBytes: 100 });
    expect(rules(indexed)).toEqual(['MEMBER-TOO-LARGE']);
  });
});

describe('R42 Indexing a batch', () => {
  it('gives each invoice its bytes and the namespaces declared around it', async () => {
    const inner = '<u:CreditNote><cbc:ID>N-1</cbc:ID></u:CreditNote>';
    const indexed = await index(
      `<Lot xmlns="urn:lot" xmlns:u="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"><G xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">${inner}</G>${ublInvoice({ number: 'F-2' })}</Lot>`,
    );
    expect(indexed.index).toMatchObject({ container: 'xml-batch', count: 2, root: '{urn:lot}Lot' });
    expect(numbers(indexed)).toEqual(['N-1', 'F-2']);
    expect(indexed.readings.map(({ status }) => status)).toEqual(['read', 'read']);
    expect(indexed.readings[0]?.invoice.number?.location).toBe('/cn:CreditNote[1]/cbc:ID[1]');
  });

  it('lets the neighbours of a broken invoice in, and names it', async () => {
    const broken = ublInvoice({ number: 'BAD' }).replace('</cac:OrderReference>', '');
    const indexed = await index(`<Lot>${ublInvoice({ number: 'A' })}${broken}${ublInvoice({ number: 'B' })}</Lot>`);
    expect(numbers(indexed)).toEqual(['A', 'BAD', 'B']);
    expect(indexed.readings.map(({ status }) => status)).toEqual(['read', 'unreadable', 'read']);
    expect(rules(indexed)).toEqual([undefined, 'SYNTAX-FRAGMENT', undefined]);
  });

  it('hashes an invoice that lies over several chunks', async () => {
    const long = ublInvoice({ number: 'LONG', note: 'x'.repeat(3 * 1024 ** 2) });
    const indexed = await index(`<Lot>${ublInvoice()}${long}${ublInvoice()}</Lot>`);
    expect(numbers(indexed)).toEqual(['F-1', 'LONG', 'F-1']);
  });

  it('refuses only the invoice that is too large', async () => {
    const long = ublInvoice({ number: 'LONG', note: 'x'.repeat(5000) });
    const indexed = await index(`<Lot>${ublInvoice()}${long}${ublInvoice()}</Lot>`, { memberBytes: 4000 });
    expect(rules(indexed)).toEqual([undefined, 'MEMBER-TOO-LARGE', undefined]);
  });

  it('reads the index from any rank', async () => {
    const { index: result } = await index(
      `<Lot>${Array.from({ length: 25 }, (_, at) => ublInvoice({ number: `F-${at}` })).join('')}</Lot>`,
    );
    const ranks: number[][] = [];
    for await (const batch of readIndex(result.indexPath, { fromRank: 7, batchSize: 10 }))
      ranks.push(batch.map(({ rank }) => rank));
    expect(ranks.map((batch) => batch.length)).toEqual([10, 8]);
    expect(ranks.flat()).toEqual(Array.from({ length: 18 }, (_, at) => at + 7));
  });

  it.each([
    ['a truncated batch', `<Lot>${ublInvoice()}<Invoice>`, 'FILE-XML-TRUNCATED'],
    ['an envelope whose tags do not match', `<Lot><G>${ublInvoice()}</H></Lot>`, 'FILE-XML-ENVELOPE'],
    ['text behind the envelope', `<Lot>${ublInvoice()}</Lot>junk`, 'FILE-XML-ENVELOPE'],
    ['an undeclared entity in the envelope', `<Lot>&x;${ublInvoice()}</Lot>`, 'FILE-XML-ENVELOPE'],
    ['a DOCTYPE', `<!DOCTYPE Lot [<!ENTITY a "b">]><Lot>${ublInvoice()}</Lot>`, 'FILE-DOCTYPE'],
    ['no invoice', '<html><body/></html>', 'FILE-NO-INVOICE'],
    ['only a declaration', '<?xml version="1.0"?>', 'FILE-XML-TRUNCATED'],
  ])('refuses %s as a whole, with the place', async (_, text, rule) => {
    const why = await refusal(text);
    expect(why).toMatchObject({ rule, code: 'IRR_SYNTAX' });
    expect(why.message).not.toMatch(/[{}]/);
  });

  it('says at which byte a truncated batch stops being readable', async () => {
    expect((await refusal(`<Lot>${ublInvoice()}<Invoice>`)).offset).toBe(5 + Buffer.byteLength(ublInvoice()));
  });

  it('tells its progress and stops when asked to', async () => {
    const source = join(folder, 'flow');
    await writeFile(source, `<Lot>${ublInvoice()}</Lot>`);
    const seen: number[] = [];
    const stop = new AbortController();
    const options = {
      source,
      workFolder: join(folder, 'w'),
      onProgress: ({ invoices }: { invoices: number }) => void seen.push(invoices),
    };
    await indexContainer(options);
    expect(seen).toEqual([1]);
    stop.abort(new Error('stop'));
    await expect(indexContainer({ ...options, signal: stop.signal })).rejects.toThrow('stop');
  });
});

describe('R42 Refusing what is no container', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), 'FILE-EMPTY', 'IRR_VIDE'],
    ['noise', Buffer.from([0, 1, 2, 3, 250, 251]), 'FILE-TYPE-UNKNOWN', 'IRR_TYPE'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'FILE-TYPE-UNKNOWN', 'IRR_TYPE'],
    ['UTF-32', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c]), 'FILE-ENCODING-UNSUPPORTED', 'IRR_SYNTAX'],
    [
      'EBCDIC announced',
      Buffer.from('<?xml version="1.0" encoding="IBM037"?><a/>'),
      'FILE-ENCODING-UNSUPPORTED',
      'IRR_SYNTAX',
    ],
    [
      'odd UTF-16',
      Buffer.concat([Buffer.from(`\ufeff${ublInvoice()}`, 'utf16le'), Buffer.from([0x20])]),
      'FILE-ENCODING-BROKEN',
      'IRR_SYNTAX',
    ],
    [
      'UTF-16 announced over bytes',
      Buffer.from('<?xml version="1.0" encoding="UTF-16"?><Lot><Invoice/></Lot>'),
      'FILE-ENCODING-UNSUPPORTED',
      'IRR_SYNTAX',
    ],
    [
      'Latin-1 bytes in a UTF-8 envelope',
      Buffer.from('<Lot a="é"><Invoice/></Lot>', 'latin1'),
      'FILE-ENCODING-BROKEN',
      'IRR_SYNTAX',
    ],
  ])('refuses %s', async (_, bytes, rule, code) => {
    expect(await refusal(bytes)).toMatchObject({ rule, code });
  });

  it('R41 refuses a flow one byte over the limit and takes one of exactly the limit', async () => {
    const text = ublInvoice();
    const flowBytes = Buffer.byteLength(text);
    expect((await index(text, { flowBytes })).index.count).toBe(1);
    expect(await refusal(`${text} `, { flowBytes })).toMatchObject({ rule: 'FILE-TOO-LARGE', code: 'IRR_TAILLE' });
  });
});

describe.each(['tar', 'tar.gz', 'zip'] as const)('R42 Indexing a %s', (container) => {
  const archive = async (members: readonly (readonly [string, string | Buffer])[]): Promise<Buffer> => {
    if (container === 'zip') return zipOf(members);
    const tar = await tarOf(members);
    return container === 'tar' ? tar : gzipSync(tar);
  };

  it('takes every member, batches included, in their order', async () => {
    const indexed = await index(
      await archive([
        ['a.xml', ublInvoice({ number: 'A' })],
        ['lot/b.xml', `<Lot>${ciiInvoice({ number: 'B1' })}${ublInvoice({ number: 'B2' })}</Lot>`],
        [
          'c.xml',
          Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${ublInvoice({ number: 'C' })}`, 'utf16le'),
        ],
        ['d.xml', ciiInvoice({ number: 'D' })],
      ]),
    );
    expect(indexed.index).toMatchObject({ container, count: 5, refused: 0 });
    expect(numbers(indexed)).toEqual(['A', 'B1', 'B2', 'C', 'D']);
    expect(indexed.entries.map(({ member }) => member)).toEqual(['a.xml', 'lot/b.xml', 'lot/b.xml', 'c.xml', 'd.xml']);
  });

  it('refuses bad members alone, each by its own rule', async () => {
    const indexed = await index(
      await archive([
        ['a.xml', ublInvoice({ number: 'A' })],
        ['../evil.xml', ublInvoice()],
        ['C:\\evil.xml', ublInvoice()],
        ['./a.xml', ublInvoice()],
        ['empty.xml', ''],
        ['inner.zip', await zipOf([['x.xml', ublInvoice()]])],
        ['notes.bin', Buffer.from([1, 2, 3, 4])],
        ['cut.xml', `<Lot>${ublInvoice({ number: 'X1' })}<Invoice>`],
        ['doctype.xml', `<!DOCTYPE a><Lot>${ublInvoice()}</Lot>`],
        ['other.xml', '<html/>'],
        ['big.xml', ublInvoice({ note: 'x'.repeat(20_000) })],
        ['z.xml', ublInvoice({ number: 'Z' })],
      ]),
      { memberBytes: 15_000 },
    );
    expect(rules(indexed)).toEqual([
      undefined,
      'MEMBER-NAME',
      'MEMBER-NAME',
      'MEMBER-DUPLICATE',
      'MEMBER-EMPTY',
      'MEMBER-ARCHIVE',
      'MEMBER-TYPE',
      'FILE-XML-TRUNCATED',
      'FILE-DOCTYPE',
      'FILE-NO-INVOICE',
      'MEMBER-TOO-LARGE',
      undefined,
    ]);
    expect(numbers(indexed).filter((number) => number !== undefined)).toEqual(['A', 'Z']);
    expect(indexed.index.refused).toBe(10);
    expect(indexed.entries[7]?.refusal).toMatchObject({ member: 'cut.xml', code: 'IRR_SYNTAX' });
  });

  it('passes over folders, detached signatures and what macOS adds', async () => {
    const indexed = await index(
      await archive([
        ['d/', ''],
        ['d/a.xml', ublInvoice()],
        ['d/a.xades.xml', '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'],
        ['d/._a.xml', Buffer.from([0, 5, 0x16, 7, 0, 2])],
      ]),
    );
    expect(indexed.index).toMatchObject({ count: 1, ignored: 3 });
  });

  it('R42 counts what a signature is around, and refuses what only looks like one', async () => {
    const enveloping = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Object>${ublInvoice()}</ds:Object></ds:Signature>`;
    const indexed = await index(
      await archive([
        ['a.xml', enveloping],
        ['b.xml', '<Signature xmlns="urn:other"/>'],
        ['c.xml', '<a:XAdESSignatures xmlns:a="http://uri.etsi.org/02918/v1.2.1#"/>'],
      ]),
    );
    expect(indexed.index).toMatchObject({ count: 2, refused: 1, ignored: 1 });
    expect(indexed.entries.map(({ member, refusal }) => [member, refusal?.rule])).toEqual([
      ['a.xml', undefined],
      ['b.xml', 'FILE-NO-INVOICE'],
    ]);
  });

  it('refuses an archive of too many members, or of none', async () => {
    const two = await archive([
      ['a.xml', ublInvoice()],
      ['b.xml', ublInvoice()],
    ]);
    expect(await refusal(two, { members: 1 })).toMatchObject({ rule: 'FILE-ARCHIVE-MEMBERS' });
    expect(await refusal(await archive([]))).toMatchObject({
      rule: container === 'tar' ? 'FILE-TYPE-UNKNOWN' : 'FILE-ARCHIVE-EMPTY',
    });
  });

  it('refuses an archive that was cut anywhere, and lets in nothing of it', async () => {
    const bytes = await archive([
      ['a.xml', ublInvoice()],
      ['b.xml', ublInvoice({ note: 'y'.repeat(900) })],
    ]);
    const wholeMembers = container === 'tar' ? bytes.length - 1024 : bytes.length;
    for (const share of [0.3, 0.6, 0.9, 0.99]) {
      const why = await refusal(bytes.subarray(0, Math.floor(wholeMembers * share)));
      expect(why.rule).toMatch(/^FILE-ARCHIVE-(TRUNCATED|CORRUPT)$/);
      expect(why.code).toBe('IRR_EXTRAC');
    }
  });

  it('refuses a bomb by its expansion and by its total', async () => {
    const zeros = await archive([['a.xml', Buffer.alloc(3_000_000)]]);
    const small = { ratioAfterBytes: 1_000_000, memberBytes: 10_000_000 };
    if (container !== 'tar')
      expect(await refusal(zeros, small)).toMatchObject({ rule: 'FILE-ARCHIVE-RATIO', code: 'IRR_TAILLE' });
    expect(await refusal(zeros, { unpackedBytes: 2_000_000 })).toMatchObject({ rule: 'FILE-ARCHIVE-UNPACKED-SIZE' });
  });
});
