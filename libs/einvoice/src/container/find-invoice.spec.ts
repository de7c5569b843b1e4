import { createHash } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporary-folder.js';
import { openInvoice } from '../invoice/open-invoice.js';
import { tarOf, zipOf, type Member } from '../../../../test/support/archives.js';
import { ublInvoice } from '../../../../test/support/invoice-documents.js';
import { findInvoice } from './find-invoice.js';
import { indexContainer } from './index-container.js';
import type { IndexEntry } from './index-entry.js';
import { readHead } from './byte-range.js';
import { readIndex } from './read-index.js';
import { missingDeclarations } from './standalone.js';

const invoice = (id: string): string => ublInvoice({ number: id });
/** Three invoices that inherit the declarations of their root from the batch. */
const bare = (id: string): string =>
  invoice(id)
    .replace(/ xmlns(?::\w+)?="[^"]*"/g, '')
    .replace(/<\?xml[^>]*\?>/, '');
const declarations = [...new Set(invoice('X').match(/ xmlns(?::\w+)?="[^"]*"/g))].join('');
const batch = (...ids: string[]): string => `<Lot${declarations}>é${ids.map(bare).join('\n')}</Lot>`;
const latin1 = (xml: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${xml}`, 'latin1');
const pdf = Buffer.from(`%PDF-1.7 ${'x'.repeat(2000)}`);

const members: readonly Member[] = [
  ['a/first.xml', invoice('A1')],
  ['lot.xml', batch('B1', 'B2', 'B3')],
  ['latin.xml', latin1(batch('C1', 'C2'))],
  ['image.png', '\x89PNG'],
  ['fact.pdf', pdf],
  ['lot.xml', invoice('DUPLICATE')],
  ['last.xml', Buffer.concat([Buffer.from('\ufeff'), Buffer.from(invoice('Z9'))])],
];

describe('findInvoice', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => (folder = await createTemporaryFolder('find')));
  afterEach(() => folder.remove());

  const bytesAt = async (path: string, offset: number, length: number): Promise<Buffer> => {
    const file = await open(path, 'r');
    const bytes = await readHead({ file, offset, length }, length);
    await file.close();
    return bytes;
  };

  it.each([
    ['an XML', 1, Buffer.from(invoice('A1'))],
    ['an XML with a byte order mark', 1, Buffer.concat([Buffer.from('\ufeff'), Buffer.from(invoice('A1'))])],
    ['an XML in ISO 8859-1', 1, latin1(invoice('A1').replace(/<\?xml[^>]*\?>/, ''))],
    ['a batch', 3, Buffer.from(batch('B1', 'B2', 'B3'))],
    ['a batch in ISO 8859-1', 2, latin1(batch('C1', 'C2'))],
    ['a PDF', 1, pdf],
    ['a zip', 8, zipOf(members)],
    ['a tar', 8, tarOf(members)],
    ['a tar.gz', 8, tarOf(members).then((tar) => gzipSync(tar))],
  ])('R42 finds every invoice of %s again, with the bytes that pass one saw', async (_, count, made) => {
    const source = join(folder.path, 'flow');
    await writeFile(source, await made);
    const index = await indexContainer({ source, workFolder: join(folder.path, 'index') });
    const entries: IndexEntry[] = [];
    for await (const some of readIndex(index.indexPath)) entries.push(...some.filter(({ kind }) => kind !== 'refused'));
    expect(entries).toHaveLength(count);
    for (const { member, sha256, offset, length, kind, context, rank } of entries) {
      const found = await findInvoice({ source, workFolder: join(folder.path, `find-${rank}`), member, sha256 });
      expect(found).toMatchObject({ kind, context, length });
      const bytes = await bytesAt(found.path, found.offset, found.length);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(bytes.equals(await bytesAt(index.contentPath, offset, length))).toBe(true);
    }
  });

  it('R42 says so when the flow does not hold the invoice', async () => {
    const source = join(folder.path, 'flow');
    await writeFile(source, await zipOf(members));
    const wanted = { source, workFolder: join(folder.path, 'work'), sha256: 'a'.repeat(64) };
    await expect(findInvoice({ ...wanted, member: 'lot.xml' })).rejects.toThrow('does not hold');
    await expect(findInvoice({ ...wanted, member: 'gone.xml' })).rejects.toThrow('does not hold');
  });

  it('R42 tells what a fragment needs to be read alone, and what it has already', async () => {
    const context = { '': 'urn:a&b', p: 'urn:"p"', own: 'urn:outer', none: '' };
    const { at, declarations: text } = missingDeclarations(
      Buffer.from(`<é:Facture a='>' xmlns:own = 'urn:own'><x/>`),
      context,
    );
    expect([at, text]).toEqual([Buffer.byteLength('<é:Facture'), ' xmlns="urn:a&amp;b" xmlns:p="urn:&quot;p&quot;"']);

    const fragment = Buffer.from(bare('B1').trim());
    const inherited = Object.fromEntries(
      Array.from(declarations.matchAll(/xmlns(?::(\w+))?="([^"]*)"/g), ([, prefix = '', uri = '']) => [prefix, uri]),
    );
    const missing = missingDeclarations(fragment, inherited);
    const alone = Buffer.concat([
      fragment.subarray(0, missing.at),
      Buffer.from(missing.declarations),
      fragment.subarray(missing.at),
    ]);
    expect((await openInvoice(fragment, { kind: 'xml' })).status).toBe('unreadable');
    expect((await openInvoice(alone, { kind: 'xml' })).status).toBe('read');
  });
});
