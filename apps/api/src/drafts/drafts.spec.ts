import { Decisions, Deposits, OBJECTS, writeUbl, type Caller } from '#application';
import {
  accept,
  draftAmounts,
  draftStream,
  structureStream,
  type DraftContent,
  type DraftEvent,
  type InvoiceEvent,
  type InvoiceStatus,
  type StructureEvent,
} from '#domain';
import type { ObjectStore } from '#persistence';
import { PDFDocument } from '@cantoo/pdf-lib';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { AccessWorld } from '../../../../test/support/access/access-world.js';
import type { CallerName } from '../../../../test/support/access/callers.js';
import { ingestionBeside } from '../../../../test/support/ingestion-in-process.js';
import { zipOf } from '../../../../test/support/sample-flows.js';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { typedInvoice } from '../../../../test/support/typed-invoice.js';
import type { DraftView, SendingView, SentFileView } from './draft-views.js';
import { DRAFT_INTERFACE } from './issued-documents.js';
import type { WorkItem } from './work-list.js';

const operator: Caller = { kind: 'operator' };

describe('drafts and sending, by HTTP', () => {
  let api: OwnApi;
  let world: AccessWorld;
  let count = 0;

  beforeAll(async () => {
    api = await startOwnApi();
    world = await AccessWorld.open(api);
    const mandate: StructureEvent = {
      type: 'InvoicingMandateSubscribed',
      data: { by: world.person('primary').account },
    };
    await world.record([structureStream(world.structure), mandate]);
    await api.project();
  });

  afterAll(() => api.close());

  async function ask<T = Record<string, unknown>>(
    caller: CallerName,
    request: string,
    body?: object | Buffer,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: T }> {
    const [method = '', path = ''] = request.split(' ');
    const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json';
    const response = await fetch(`${api.url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${world.tokenOf(caller) ?? ''}`,
        ...(body === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as T };
  }

  const drafts = () => `/structures/${world.structure}/drafts`;
  const numbered = (change: DraftContent = {}): DraftContent =>
    typedInvoice({ number: `S-${(count += 1)}`, ...change });
  async function draft(content: object = numbered()): Promise<string> {
    const { status, body } = await ask<DraftView>('primary', `POST ${drafts()}`, { content });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body.draft;
  }
  const send = (id: string, caller: CallerName = 'primary', body: object = { confirmed: true }) =>
    ask<SendingView & { code?: string }>(caller, `POST ${drafts()}/${id}/sending`, body);
  async function upload(name: string, bytes: Buffer) {
    const { status, body } = await ask<{ name: string; sha256: string; size: number }>(
      'primary',
      `POST /files?name=${name}`,
      bytes,
    );
    expect(status).toBe(201);
    const { sha256, size } = body;
    return { name, sha256, size };
  }
  const ingest = async (flowNumber: string | null) => {
    await ingestionBeside(api).ingest(flowNumber ?? '');
    await api.project();
  };

  it('R22 saves an invoice of which little is typed, says what is missing, and takes the whole content anew', async () => {
    const id = await draft({ number: 'F-0', lines: [{ name: 'Papier', quantity: '', price: null }] });
    const first = await ask<DraftView>('primary', `GET ${drafts()}/${id}`);
    expect(first.body).toMatchObject({ status: 'open', content: { number: 'F-0', lines: [{ name: 'Papier' }] } });
    expect(first.body.missing.map(({ term, field }) => `${term} ${field}`)).toContain('BT-146 lines[0].price');
    const saved = await ask<DraftView>('primary', `PUT ${drafts()}/${id}`, { content: typedInvoice() });
    expect(saved.body).toMatchObject({
      missing: [],
      amounts: {
        lines: ['49.90', '10.00'],
        totals: { totalWithoutVat: '59.90', totalVat: '11.98', amountDue: '71.88' },
      },
    });
    await api.project();
    const list = await ask<{ items: unknown[] }>('simple', `GET ${drafts()}`);
    expect(list.body.items).toContainEqual(
      expect.objectContaining({ draft: id, number: 'F2026-0001', totalWithVat: '71.88', missing: 0 }),
    );
    expect((await ask('primary', `DELETE ${drafts()}/${id}`)).status).toBe(204);
    expect(await ask('primary', `GET ${drafts()}/${id}`)).toMatchObject({ status: 404, body: { code: 'BRO-404' } });
  });

  it('R22 keeps in the log what people typed under a key of the draft, which goes with it', async () => {
    const id = await draft(numbered({ seller: { contact: { name: 'Camille Durand' } } }));
    const stored = async () => {
      const { rows } = await api.store.pool.query<{ data: string }>(
        'SELECT data::text FROM es.events WHERE stream_id = $1',
        [draftStream(id)],
      );
      return rows.map(({ data }) => data).join();
    };
    expect(await stored()).toContain(id);
    expect(await stored()).not.toContain('Durand');
    await ask('primary', `DELETE ${drafts()}/${id}`);
    const { rows } = await api.store.pool.query('SELECT wrapped_key FROM vault.person_keys WHERE person = $1', [id]);
    expect(rows).toEqual([{ wrapped_key: null }]);
    await api.project();
  });

  it('R09 R22 is invisible to the recipient, and to people of the structure without the right', async () => {
    const id = await draft();
    expect((await ask('simple', `GET ${drafts()}/${id}`)).status).toBe(200);
    expect((await ask('secondary', `GET ${drafts()}/${id}`)).status).toBe(403);
    expect((await ask('primary elsewhere', `GET ${drafts()}/${id}`)).status).toBe(404);
    expect((await ask('primary elsewhere', `GET /structures/${world.elsewhere}/drafts/${id}`)).status).toBe(404);
    expect((await send(id, 'simple')).status).toBe(403);
  });

  it('R22 R23 says without confirmation what it checked, in the words of the draft, and sends nothing', async () => {
    const id = await draft(numbered({ serviceCode: 'INCONNU', issueDate: '2099-01-01', seller: { vatNumber: 'FR1' } }));
    const { status, body } = await send(id, 'primary', {});
    expect({ status, sent: body.sent, valid: body.valid }).toEqual({ status: 200, sent: false, valid: false });
    expect(body.findings).toContainEqual(
      expect.objectContaining({ rule: 'BR-FR-CO-01', field: 'issueDate', severity: 'fatal' }),
    );
    expect(body.findings.map(({ rule }) => rule)).toContain('BR-FR-CPRO-11');
    const refused = await send(id);
    expect(refused).toMatchObject({ status: 422, body: { code: 'BRO-006', valid: false } });
    expect((await ask('primary', `GET ${drafts()}/${id}`)).body).toMatchObject({ status: 'open' });
  });

  it('R20 R22 goes from the draft by the door of every flow to the recipient, with its documents, and leaves the list', async () => {
    const bytes = Buffer.from(`%PDF-1.7 ${randomUUID()} `.repeat(100));
    const file = await upload('bon.pdf', bytes);
    const content = numbered({ supportingDocuments: [{ ...file, description: 'BON_COMMANDE' }] });
    const id = await draft(content);
    const dry = await send(id, 'primary', { confirmed: false });
    expect(dry.body).toMatchObject({ sent: false, valid: true, missing: [] });
    const sent = await send(id);
    expect(sent).toMatchObject({ status: 200, body: { sent: true, draft: id, valid: true } });
    const { flowNumber } = sent.body;
    expect(await send(id)).toMatchObject({ status: 200, body: { sent: true, flowNumber } });
    expect(await ask('primary', `PUT ${drafts()}/${id}`, { content })).toMatchObject({
      status: 409,
      body: { code: 'BRO-002' },
    });

    await ingest(flowNumber);
    const received = await ask<{ items: Record<string, unknown>[] }>(
      'primary elsewhere',
      `GET /invoices?list=received&search=${content.number}`,
    );
    expect(received.body.items).toMatchObject([
      {
        number: content.number,
        status: 'MISE_A_DISPOSITION',
        issuer: world.structure,
        issuerName: `Structure ${world.structure}`,
        recipient: world.elsewhere,
        serviceCode: 'COMPTA',
        totalWithVat: '71.88',
        flowNumber,
      },
    ]);
    const invoice = String(received.body.items[0]?.['id']);
    const view = await ask('primary elsewhere', `GET /invoices/${invoice}`);
    expect(view.body).toMatchObject({ supportingDocuments: [file] });
    const list = await ask<{ items: { draft: string }[] }>('primary', `GET ${drafts()}`);
    expect(list.body.items.map((one) => one.draft)).not.toContain(id);
  });

  it('R22 tells before sending that the number was used', async () => {
    const content = numbered();
    await ingest((await send(await draft(content))).body.flowNumber);
    const again = await send(await draft(content));
    expect(again).toMatchObject({ status: 422, body: { code: 'BRO-006' } });
    expect(again.body.findings).toContainEqual(expect.objectContaining({ rule: 'DUPLICATE', field: 'number' }));
  });

  it.each(['before', 'after'])('R22 finishes what a crash %s the deposit left, as the same flow', async (when) => {
    const id = await draft();
    const ready = await send(id, 'primary', {});
    expect(ready.body.valid).toBe(true);
    const text = Buffer.from(`<Invoice>${randomUUID()}</Invoice>`);
    const document = await api.app.get<ObjectStore>(OBJECTS).put(Readable.from([text]), { maxBytes: 10_000 });
    const confirmed: DraftEvent = { type: 'DraftConfirmed', data: { draft: id, document, by: 'test' } };
    await api.app.get(Decisions).decide(operator, (session) => session.record(draftStream(id), accept(confirmed)));
    const deposited =
      when === 'before'
        ? null
        : await api.app.get(Deposits).deposit({
            applicationCode: 'CPP001',
            sender: { identifier: world.structure, name: null },
            channel: 'PORTAL',
            name: { interfaceCode: DRAFT_INTERFACE },
            bytes: Readable.from([text]),
            announcedSize: text.length,
            attempt: id,
          });
    expect(await ask('primary', `PUT ${drafts()}/${id}`, { content: {} })).toMatchObject({ status: 409 });
    const [one, other] = await Promise.all([send(id), send(id)]);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(other.body.flowNumber).toBe(one.body.flowNumber);
    if (deposited !== null) expect(one.body.flowNumber).toBe(deposited.flowNumber);
    const { rows } = await api.store.pool.query<{ flows: number }>(
      "SELECT count(*)::int AS flows FROM es.events WHERE type = 'FlowDeposited' AND data ->> 'sha256' = $1",
      [document.sha256],
    );
    expect(rows).toEqual([{ flows: 1 }]);
  });

  it('R22 sends without saving first, once for each attempt, and a machine does so too', async () => {
    const content = numbered();
    const path = `POST /structures/${world.structure}/invoices`;
    const dry = await ask<SendingView>('own', path, { content });
    expect(dry.body).toMatchObject({ sent: false, valid: true });
    const key = { 'idempotency-key': randomUUID() };
    const first = await ask<SendingView>('own', path, { content, confirmed: true }, key);
    const again = await ask<SendingView>('own', path, { content, confirmed: true }, key);
    expect(first.body).toMatchObject({ sent: true, flowNumber: expect.any(String) as string });
    expect(again.body.flowNumber).toBe(first.body.flowNumber);
    await ingest(first.body.flowNumber);
    const report = await ask<Record<string, unknown>>('own', `GET /flows/${first.body.flowNumber}`);
    expect(report.body).toMatchObject({ channel: 'API', status: 'integrated', invoices: { integrated: 1 } });
  });

  it('R24 joins no file that somebody else uploaded', async () => {
    const file = await upload('note.txt', Buffer.from(randomUUID()));
    const content = numbered({ supportingDocuments: [file] });
    expect(await ask('own', `POST ${drafts()}`, { content })).toMatchObject({
      status: 409,
      body: { code: 'BRO-003' },
    });
    expect(await ask('own', `POST /structures/${world.structure}/invoices`, { content })).toMatchObject({
      status: 409,
      body: { code: 'BRO-003' },
    });
    const id = await draft(content);
    expect((await ask('own', `PUT ${drafts()}/${id}`, { content: { ...content, number: 'F-X' } })).status).toBe(200);
  });

  it('R13 needs the invoicing mandate', async () => {
    const path = `POST /structures/${world.elsewhere}/drafts`;
    expect(await ask('primary elsewhere', path, { content: {} })).toMatchObject({
      status: 409,
      body: { code: 'BRO-001' },
    });
  });

  describe('a file that a person sends', () => {
    const path = () => `POST /structures/${world.structure}/invoice-files`;

    async function ubl(number: string): Promise<Buffer> {
      const chunks: Buffer[] = [];
      const content = typedInvoice({ number });
      const issuer = { identifier: world.structure, identifierType: 'SIRET' as const, name: 'Papeterie' };
      const invoice = { content, amounts: draftAmounts(content), issuer, recipientName: 'Mairie' };
      for await (const chunk of writeUbl(randomUUID(), invoice, () => Promise.reject(new Error('none'))))
        chunks.push(chunk);
      return Buffer.concat(chunks);
    }

    it('R20 R21 is recognised by its content, checked, and sent once it is confirmed', async () => {
      const number = `U-${(count += 1)}`;
      const xml = await ubl(number);
      const dry = await ask<SentFileView>('primary', `${path()}?name=facture.pdf`, xml);
      expect(dry).toMatchObject({
        status: 200,
        body: { container: 'xml', interfaceCode: 'FSO1150A', total: 1, valid: 1, sent: false, flowNumber: null },
      });
      const sent = await ask<SentFileView>('primary', `${path()}?confirmed=true`, xml);
      expect(sent).toMatchObject({ status: 200, body: { sent: true } });
      await ingest(sent.body.flowNumber);
      const received = await ask('primary elsewhere', `GET /invoices?list=received&search=${number}`);
      expect(received.body).toMatchObject({
        items: [{ number, issuer: world.structure, status: 'MISE_A_DISPOSITION' }],
      });
      const flow = await ask('operator', `GET /flows/${sent.body.flowNumber}`);
      expect(flow.body).toMatchObject({ channel: 'PORTAL', sender: { identifier: world.structure } });
    });

    it('R42 is sent when one of its invoices is good, and not when none is', async () => {
      const [good, bad] = [await ubl(`U-${(count += 1)}`), await ubl('pas un numéro')];
      const zip = await zipOf([
        { name: 'a.xml', content: good.toString() },
        { name: 'b.xml', content: bad.toString() },
      ]);
      const dry = await ask<SentFileView>('primary', path(), zip);
      expect(dry.body).toMatchObject({ container: 'zip', total: 2, valid: 1 });
      const refused = await ask('primary', `${path()}?confirmed=true`, bad);
      expect(refused).toMatchObject({ status: 422, body: { code: 'DEP-003', valid: 0 } });
      const sent = await ask<SentFileView>('primary', `${path()}?confirmed=true`, zip);
      await ingest(sent.body.flowNumber);
      const flow = await ask('operator', `GET /flows/${sent.body.flowNumber}`);
      expect(flow.body).toMatchObject({ invoices: { integrated: 1, rejected: 1 } });
    });

    it.each([
      [
        'a PDF without data',
        async () => Buffer.from(await (await PDFDocument.create()).save()),
        'DEP-002',
        /brouillon/,
      ],
      ['what nobody knows', () => Buffer.from([1, 2, 3, 4]), 'DEP-001', /Factur-X/],
      ['nothing', () => Buffer.alloc(0), 'DEP-001', /vide/],
      ['XML that is no invoice', () => Buffer.from('<commande/>'), 'DEP-006', /n’est pas envoyé/],
    ])('R20 R21 says of %s what to do', async (_, bytes, code, said) => {
      const answer = await ask('primary', `${path()}?confirmed=true`, await bytes());
      expect(answer).toMatchObject({ status: 422, body: { code, detail: expect.stringMatching(said) as string } });
    });

    it('R24 says of a batch that is too large how large it is and may be', async () => {
      const bytes = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(30 * 1024 ** 2)]);
      const answer = await ask('primary', path(), bytes);
      expect(answer).toMatchObject({ status: 413, body: { code: 'DEP-005' } });
      expect(answer.body['detail']).toMatch(/31457284 octets, pour 31457280/);
    });
  });

  it('R22 R25 R26 R27 shows an issuer what waits for it, with counts, and nobody else', async () => {
    await api.project();
    type Work = { items: WorkItem[] };
    const of = async (caller: CallerName) => {
      const { body } = await ask<Work>(caller, `GET /work-list?structure=${world.structure}`);
      return new Map(body.items.map((item) => [item.kind, item]));
    };
    const before = await of('primary');
    const id = await draft();
    const issued = { issuer: { identifier: world.structure, name: null }, serviceCode: null };
    const moved = async (to: InvoiceStatus, ...further: InvoiceEvent[]) =>
      world.invoice(issued, movedTo(to, world.structure, world.partner), ...further);
    const rejected = await moved('REJETEE');
    await moved('A_RECYCLER');
    await moved('SUSPENDUE');
    await moved('REFUSEE_1');
    await moved('REFUSEE_2');
    await moved('ERREUR_FOURNISSEUR_SUR_VALIDEUR');
    await api.project();
    const now = await of('primary');
    const more = [...now].map(([kind, { count: all }]) => [kind, all - (before.get(kind)?.count ?? 0)]);
    expect(Object.fromEntries(more)).toEqual({
      DRAFTS: 1,
      TO_RECYCLE: 1,
      SUSPENDED: 1,
      REFUSED: 2,
      WRONG_VALIDATOR: 1,
      REJECTED: 1,
    });
    expect(now.get('DRAFTS')?.drafts.map((one) => one.draft)).toContain(id);
    expect(now.get('REJECTED')?.invoices).toMatchObject([{ id: rejected, status: 'REJETEE' }]);
    await ask('primary', `POST /invoices/${rejected}/rejection-acknowledgement`);
    await api.project();
    expect((await of('primary')).get('REJECTED')).toMatchObject({ count: 0, invoices: [] });
    for (const caller of ['secondary', 'primary elsewhere', 'other'] as const)
      expect([...(await of(caller)).values()].every(({ count: all }) => all === 0)).toBe(true);
  });

  it('R23 says of a recipient and its service whether they are there, active, and what they ask for', async () => {
    const of = async (query: string) => (await ask('primary', `GET /structures/${query}`)).body;
    expect(await of(`${world.elsewhere}/recipient?service=COMPTA`)).toMatchObject({
      exists: true,
      active: true,
      service: { code: 'COMPTA', exists: true, active: true, commitmentNumber: false },
    });
    expect(await of(`${world.elsewhere}/recipient?service=AUTRE`)).toMatchObject({
      exists: true,
      service: { code: 'AUTRE', exists: false, active: false },
    });
    expect(await of('13002526500013/recipient')).toMatchObject({ exists: false, active: false, service: null });
  });
});

/** A status that somebody set on an invoice of that issuer. */
function movedTo(to: InvoiceStatus, issuer: string, recipient: string): InvoiceEvent {
  const invoice = { number: 'F', issueDate: '2026-11-20', issuer, recipient, serviceCode: null, validator: null };
  const about = { reason: null, comment: null, paymentOrder: null, secondValidator: null };
  return { type: 'InvoiceStatusChanged', data: { invoice, from: 'MISE_A_DISPOSITION', to, by: 'recipient', ...about } };
}
