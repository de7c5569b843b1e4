import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openInvoice } from '#einvoice';
import { openObjectStore, type ObjectStore } from '#persistence';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporary-folder.js';
import { eventually } from '../../../../test/support/webhook-world.js';
import { zipOf } from '../../../../test/support/archives.js';
import { ublInvoice } from '../../../../test/support/invoice-documents.js';
import { openInvoiceBytes } from './invoice-bytes.js';

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const bare = ublInvoice({ number: 'B1' }).replace(/ xmlns(?::\w+)?="[^"]*"/g, '');
const around = (ublInvoice().match(/ xmlns(?::\w+)?="[^"]*"/g) ?? []).join('');
const batch = Buffer.from(`<Lot${around}>${bare}</Lot>`);

describe('openInvoiceBytes', () => {
  let folder: TemporaryFolder;
  let objects: ObjectStore;
  let scratch: string;
  beforeEach(async () => {
    folder = await createTemporaryFolder('bytes');
    objects = await openObjectStore({ kind: 'local', folder: join(folder.path, 'objects') });
    scratch = join(folder.path, 'scratch');
    await mkdir(scratch);
  });
  afterEach(() => folder.remove());

  /** Keeps a flow, and says where an invoice stands in it. */
  async function place(flow: Buffer, invoice: Buffer, member: string | null, offset: number) {
    const bytes = (async function* () {
      yield await Promise.resolve(flow);
    })();
    const { sha256: object } = await objects.put(bytes, { maxBytes: flow.length });
    return { member, document: { object, offset, length: invoice.length, sha256: digest(invoice) } };
  }

  it.each([
    ['an XML', Buffer.from(ublInvoice()), 'xml', 0],
    ['an XML with a byte order mark', Buffer.from(`\ufeff${ublInvoice()}`), 'xml', 3],
    ['a PDF', Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(200_000)]), 'pdf', 0],
  ] as const)('R20 gives %s that is a flow of its own as it came', async (_, flow, kind, offset) => {
    const invoice = flow.subarray(offset);
    const opened = await openInvoiceBytes(objects, scratch, await place(flow, invoice, null, offset));
    expect(opened).toMatchObject({ kind, size: invoice.length });
    expect((await buffer(opened.stream)).equals(invoice)).toBe(true);
    expect(await readdir(scratch)).toEqual([]);
  });

  it('R42 unpacks the member that holds an invoice, and leaves nothing behind', async () => {
    const invoice = Buffer.from(ublInvoice({ number: 'A1' }));
    const zip = await zipOf([
      ['before.xml', ublInvoice({ number: 'A0' })],
      ['a1.xml', invoice],
    ]);
    const where = await place(zip, invoice, 'a1.xml', 9_999);
    const opened = await openInvoiceBytes(objects, scratch, where);
    expect((await buffer(opened.stream)).equals(invoice)).toBe(true);
    await eventually('an empty scratch folder', async () => (await readdir(scratch)).length === 0);

    const { stream } = await openInvoiceBytes(objects, scratch, where);
    stream.destroy();
    await eventually('an empty scratch folder', async () => (await readdir(scratch)).length === 0);
  });

  it('R42 gives an invoice of a batch with the declarations that it inherits', async () => {
    const where = await place(batch, Buffer.from(bare), null, batch.indexOf('<Invoice'));
    const { size, stream } = await openInvoiceBytes(objects, scratch, where);
    const bytes = await buffer(stream);
    expect(bytes).toHaveLength(size);
    expect(await openInvoice(bytes, { kind: 'xml' })).toMatchObject({ status: 'read', findings: [] });
    expect(bytes.toString().replace(/ xmlns(?::\w+)?="[^"]*"/g, '')).toBe(bare);
  });

  it('R42 reads what pass one had to transcode', async () => {
    const flow = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${ublInvoice({ note: 'été' })}`, 'latin1');
    const utf8 = Buffer.from(`${' '.repeat(43)}${ublInvoice({ note: 'été' })}`);
    const { stream } = await openInvoiceBytes(objects, scratch, await place(flow, utf8, null, 0));
    expect((await buffer(stream)).toString()).toBe(utf8.toString());
  });

  it('R42 leaves nothing behind when the invoice is not there', async () => {
    const where = await place(batch, Buffer.from('another'), null, 5);
    await expect(openInvoiceBytes(objects, scratch, where)).rejects.toThrow('does not hold');
    expect(await readdir(scratch)).toEqual([]);
    const missing = { member: null, document: { ...where.document, object: 'f'.repeat(64) } };
    await expect(openInvoiceBytes(objects, scratch, missing)).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
  });
});
