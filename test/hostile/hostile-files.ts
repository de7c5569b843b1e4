import { pack as createPack } from 'tar-stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { seededRandom, type SampleInvoice } from '../../tools/samples/index.js';
import { batchOf, membersOf, tarGzOf, zipOf } from '../support/sample-flows.js';

/** A file that means harm or is broken, and what must be said of it. */
export interface HostileFile {
  readonly what: string;
  readonly interfaceCode: string;
  /** Makes the file from good invoices, different for each file. */
  readonly make: (good: readonly SampleInvoice[]) => Promise<Uint8Array> | Uint8Array;
  /** The flow is refused as a whole by this rule; or its invoices end so, by rank (rule, or null for integrated). */
  readonly expected: { readonly flow: string } | { readonly invoices: readonly (string | null)[] };
}

const MEGABYTE = 1024 ** 2;
const xmlOf = (good: readonly SampleInvoice[], rank = 0): string => good[rank]?.xml ?? '';
const gzipAgain = (tarGz: Buffer): Buffer => gzipSync(gunzipSync(tarGz), { level: 9 });
const inInvoice = (xml: string, inserted: string): string => xml.replace('<cbc:RegistrationName>', `$&${inserted}`);

const ENTITY_BOMB = `<!DOCTYPE Invoice [<!ENTITY a "aaaaaaaaaa">${Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY ${'bcdefghij'.charAt(level)} "${`&${'abcdefghi'.charAt(level)};`.repeat(10)}">`,
).join('')}]>`;
const withBomb = (xml: string): string => inInvoice(xml.replace('<Invoice ', `${ENTITY_BOMB}<Invoice `), '&j;');

/** One good invoice, one member of the given name and kind, another good invoice. */
async function tarWith(
  good: readonly SampleInvoice[],
  header: { name: string; type?: 'file' | 'symlink' | 'link'; linkname?: string },
  content: Uint8Array = Buffer.from(xmlOf(good, 1)),
): Promise<Buffer> {
  const pack = createPack();
  pack.entry({ name: 'avant.xml' }, xmlOf(good, 0));
  if (header.type === undefined || header.type === 'file') pack.entry(header, Buffer.from(content));
  else pack.entry(header);
  pack.entry({ name: 'apres.xml' }, xmlOf(good, 2));
  pack.finalize();
  return gzipSync(await buffer(pack));
}

/** The limit of the flow in this suite, in bytes. */
export const MAX_BYTES = 2 * MEGABYTE;

/** What hostile or broken senders send. All are small on disk: what they unpack to is made by the product, or is not. */
export const HOSTILE_FILES: readonly HostileFile[] = [
  { what: 'an empty file', interfaceCode: 'FSO1150A', make: () => Buffer.alloc(0), expected: { flow: 'FILE-EMPTY' } },
  {
    what: 'binary noise',
    interfaceCode: 'FSO1150A',
    make: () => {
      const random = seededRandom('noise');
      return Buffer.from(Array.from({ length: 4_096 }, () => random.integer(0, 255)));
    },
    expected: { flow: 'FILE-TYPE-UNKNOWN' },
  },
  {
    what: 'one byte more than the limit',
    interfaceCode: 'FSO1150A',
    make: (good) =>
      Buffer.concat([Buffer.from(xmlOf(good)), Buffer.alloc(MAX_BYTES + 1, '\n')]).subarray(0, MAX_BYTES + 1),
    expected: { flow: 'FLOW-TOO-LARGE' },
  },
  {
    what: 'a truncated tar.gz',
    interfaceCode: 'FSO1150A',
    make: async (good) => (await tarGzOf(membersOf(good))).subarray(0, -200),
    expected: { flow: 'FILE-ARCHIVE-TRUNCATED' },
  },
  {
    what: 'a truncated zip',
    interfaceCode: 'FSO1150A',
    make: async (good) => (await zipOf(membersOf(good))).subarray(0, -30),
    expected: { flow: 'FILE-ARCHIVE-TRUNCATED' },
  },
  {
    what: 'a gzip bomb',
    interfaceCode: 'FSO1150A',
    make: async () => gzipAgain(await tarGzOf([{ name: 'bombe.xml', content: Buffer.alloc(48 * MEGABYTE, ' ') }])),
    expected: { flow: 'FILE-ARCHIVE-RATIO' },
  },
  {
    what: 'a zip bomb',
    interfaceCode: 'FSO1150A',
    make: () => zipOf([{ name: 'bombe.xml', content: Buffer.alloc(48 * MEGABYTE) }]),
    expected: { flow: 'FILE-ARCHIVE-RATIO' },
  },
  {
    what: 'a gzip in a gzip',
    interfaceCode: 'FSO1150A',
    make: async (good) => gzipSync(await tarGzOf(membersOf(good))),
    expected: { flow: 'FILE-ARCHIVE-NESTED' },
  },
  {
    what: 'an archive in an archive',
    interfaceCode: 'FSO1150A',
    make: async (good) => tarWith(good, { name: 'dedans.zip' }, await zipOf(membersOf(good.slice(1, 2)))),
    expected: { invoices: [null, 'MEMBER-ARCHIVE', null] },
  },
  {
    what: 'a member whose name leaves the folder',
    interfaceCode: 'FSO1150A',
    make: (good) => tarWith(good, { name: '../../etc/passwd' }),
    expected: { invoices: [null, 'MEMBER-NAME', null] },
  },
  {
    what: 'a member whose name has control characters and a NUL',
    interfaceCode: 'FSO1150A',
    make: (good) =>
      zipOf([
        { name: 'avant.xml', content: xmlOf(good, 0) },
        { name: 'nul\u0000\u001b[2Jfin.xml', content: xmlOf(good, 1) },
        { name: 'apres.xml', content: xmlOf(good, 2) },
      ]),
    expected: { invoices: [null, 'MEMBER-NAME', null] },
  },
  {
    what: 'a symbolic link',
    interfaceCode: 'FSO1150A',
    make: (good) => tarWith(good, { name: 'lien.xml', type: 'symlink', linkname: '/etc/passwd' }),
    expected: { invoices: [null, 'MEMBER-LINK', null] },
  },
  {
    what: 'bytes of another encoding than the one declared',
    interfaceCode: 'FSO1150A',
    make: (good) => Buffer.from(inInvoice(xmlOf(good), 'Société '), 'latin1'),
    expected: { invoices: ['FILE-ENCODING-BROKEN'] },
  },
  {
    what: 'an encoding that nobody reads',
    interfaceCode: 'FSO1150A',
    make: (good) => Buffer.from(xmlOf(good).replace('encoding="UTF-8"', 'encoding="x-inconnu"')),
    expected: { flow: 'FILE-ENCODING-UNSUPPORTED' },
  },
  {
    what: 'a document type with an entity bomb',
    interfaceCode: 'FSO1150A',
    make: (good) => Buffer.from(withBomb(xmlOf(good))),
    expected: { flow: 'FILE-DOCTYPE' },
  },
  {
    what: 'an entity bomb among the members of an archive',
    interfaceCode: 'FSO1150A',
    make: (good) => tarWith(good, { name: 'bombe.xml' }, Buffer.from(withBomb(xmlOf(good, 1)))),
    expected: { invoices: [null, 'FILE-DOCTYPE', null] },
  },
  {
    what: 'elements nested a hundred thousand times',
    interfaceCode: 'FSO1150A',
    make: (good) => Buffer.from(inInvoice(xmlOf(good), '<a>'.repeat(100_000) + '</a>'.repeat(100_000))),
    expected: { invoices: ['FILE-XML-TOO-DEEP'] },
  },
  {
    what: 'a NUL in an invoice of a batch',
    interfaceCode: 'FSO1150A',
    make: (good) => batchOf(good.map(({ rank, xml }) => ({ xml: rank === 1 ? inInvoice(xml, '\u0000') : xml }))),
    expected: { invoices: [null, 'SYNTAX-MALFORMED', null] },
  },
  {
    what: 'a PDF that is none',
    interfaceCode: 'FSO1157A',
    make: () => Buffer.from(`%PDF-1.7\n${'obj '.repeat(500)}`),
    expected: { invoices: ['PDF-BROKEN'] },
  },
];
