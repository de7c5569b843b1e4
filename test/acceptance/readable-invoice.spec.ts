import { Decisions, OBJECTS } from '#application';
import {
  accept,
  invoiceStream,
  structureStream,
  type InvoiceIntegrated,
  type StructureEvent,
  type SupportingDocument,
} from '#domain';
import { invoiceId, type ObjectStore } from '#persistence';
import { PDFDocument } from '@cantoo/pdf-lib';
import { createHash, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { fullUbl } from '../support/full-documents.js';
import { integratedInvoice } from '../support/invoice-events.js';
import { startOwnApi, type OwnApi } from '../support/own-api.js';

describe('R28 an invoice as a PDF', () => {
  let api: OwnApi;
  let count = 0;

  beforeAll(async () => {
    api = await startOwnApi();
  });
  afterAll(() => api.close());

  async function keep(bytes: Buffer): Promise<string> {
    const whole = (async function* () {
      yield await Promise.resolve(bytes);
    })();
    return (await api.app.get<ObjectStore>(OBJECTS).put(whole, { maxBytes: bytes.length })).sha256;
  }

  /** An invoice of the connection `own`, let in with these bytes. */
  async function invoice(
    content: string,
    supportingDocuments: readonly SupportingDocument[] = [],
    more: Partial<InvoiceIntegrated['data']> = {},
  ): Promise<string> {
    count += 1;
    const bytes = Buffer.from(content);
    const document = { object: await keep(bytes), offset: 0, length: bytes.length, sha256: digest(bytes) };
    const data: Partial<InvoiceIntegrated['data']> = {
      number: `F/${count} é`,
      rank: count,
      document,
      supportingDocuments,
      ...more,
    };
    const event = integratedInvoice(data);
    const stream = invoiceStream(event.data.issuer.identifier, event.data.number, event.data.issueDate);
    const integrated = { ...event, occurredAt: '2026-11-21T09:00:01.000Z' };
    const context = { commandId: randomUUID(), correlationId: 'test', actor: 'test' };
    await api.store.append(stream, 'none', [integrated], context);
    await api.project();
    return invoiceId(stream);
  }

  const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

  async function show(id: string, key = api.keys.own) {
    const response = await fetch(`${api.url}/api/invoices/${id}/pdf`, { headers: { authorization: `Bearer ${key}` } });
    const bytes = Buffer.from(await response.arrayBuffer());
    const disposition = response.headers.get('content-disposition') ?? '';
    return { status: response.status, type: response.headers.get('content-type'), disposition, bytes };
  }

  it('is made of the data where they came alone, the same each time, dated by when it was let in', async () => {
    const id = await invoice(fullUbl());
    const [shown, again] = [await show(id), await show(id, api.keys.operator)];
    expect(shown).toMatchObject({
      status: 200,
      type: 'application/pdf',
      disposition: `inline; filename*=UTF-8''facture-F%2F${count}%20%C3%A9.pdf`,
    });
    expect(again.bytes.equals(shown.bytes)).toBe(true);
    const pdf = await PDFDocument.load(shown.bytes, { updateMetadata: false });
    expect([pdf.getTitle(), pdf.getCreationDate()?.toISOString()]).toEqual([
      'Facture F-2026-1',
      '2026-11-21T09:00:01.000Z',
    ]);
    expect((await readdir(api.folder)).filter((name) => name.startsWith('readable-'))).toEqual([]);
  });

  it('shows of a statement of justice fees the office to turn to', async () => {
    const id = await invoice(fullUbl(), [], { billingFrame: 'A3', serviceCode: null });
    const before = await show(id);
    const court = integratedInvoice().data.recipient.identifier;
    const contact = { name: 'Service centralisateur', address: ['4 boulevard'], telephone: null, email: null };
    const decision = accept<StructureEvent>(
      { type: 'StructureRegistered', data: { identifier: court, name: 'Cour d’appel', publicEntity: true } },
      { type: 'CentralServiceNamed', data: { service: null, contact, by: 'test' } },
    );
    await api.app
      .get(Decisions)
      .decide({ kind: 'operator' }, (session) => session.record(structureStream(court), decision));
    const after = await show(id);
    expect([before.status, after.status]).toEqual([200, 200]);
    // It is made the same each time: what differs is the office.
    expect(after.bytes.length).toBeGreaterThan(before.bytes.length);
  });

  it('is the PDF that came, to be saved and not to be run', async () => {
    const came = '%PDF-1.7\nce que l’émetteur a envoyé\n%%EOF\n';
    const shown = await show(await invoice(came));
    expect([shown.status, shown.bytes.toString()]).toEqual([200, came]);
    expect(shown.disposition).toMatch(/^attachment; /);
  });

  it('is the readable document that came with the data', async () => {
    const came = Buffer.from('%PDF-1.4 le lisible');
    const carried = { name: 'a.pdf', type: 'application/pdf', size: came.length, sha256: await keep(came) };
    const xml = fullUbl().replace('JVBERi0=', came.toString('base64'));
    expect((await show(await invoice(xml, [carried]))).bytes.equals(came)).toBe(true);
  });

  it('is nothing for somebody else', async () => {
    const id = await invoice(fullUbl());
    expect((await show(id, api.keys.other)).status).toBe(404);
    expect((await show(randomUUID())).status).toBe(404);
  });

  it('PDF-002 says so of what cannot be read', async () => {
    const { status, bytes } = await show(await invoice('<facture'));
    expect([status, JSON.parse(bytes.toString())]).toMatchObject([422, { code: 'PDF-002' }]);
  });
});
