import { Decisions, Deposits, OBJECTS, writeUbl, type Caller } from '#application';
import { accept, draftAmounts, draftStream, type DraftEvent } from '#domain';
import type { ObjectStore } from '#persistence';
import { PDFDocument } from '@cantoo/pdf-lib';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { zipOf } from '../../../../test/support/sample-flows.js';
import { typedInvoice } from '../../../../test/support/typed-invoice.js';
import type { SendingView, SentFileView } from './draft-views.js';
import { DRAFT_INTERFACE } from './issued-documents.js';
import { IssuingWorld } from '../../../../test/support/issuing-world.js';

const operator: Caller = { kind: 'operator' };

describe('sending what is typed and what is uploaded, by HTTP', () => {
  let issuing: IssuingWorld;

  beforeAll(async () => {
    issuing = await IssuingWorld.start();
  });

  afterAll(() => issuing.close());

  it('R22 R23 says without confirmation what it checked, in the words of the draft, and sends nothing', async () => {
    const id = await issuing.draft(
      issuing.numbered({ serviceCode: 'INCONNU', issueDate: '2099-01-01', seller: { vatNumber: 'FR1' } }),
    );
    const { status, body } = await issuing.send(id, 'primary', {});
    expect({ status, sent: body.sent, valid: body.valid }).toEqual({ status: 200, sent: false, valid: false });
    expect(body.findings).toContainEqual(
      expect.objectContaining({ rule: 'BR-FR-CO-01', field: 'issueDate', severity: 'fatal' }),
    );
    expect(body.findings.map(({ rule }) => rule)).toContain('BR-FR-CPRO-11');
    const refused = await issuing.send(id);
    expect(refused).toMatchObject({ status: 422, body: { code: 'BRO-006', valid: false } });
    expect((await issuing.ask('primary', `GET ${issuing.drafts}/${id}`)).body).toMatchObject({ status: 'open' });
  });

  it('R20 R22 goes from the draft by the door of every flow to the recipient, with its documents, and leaves the list', async () => {
    const bytes = Buffer.from(`%PDF-1.7 ${randomUUID()} `.repeat(100));
    const file = await issuing.upload('bon.pdf', bytes);
    const content = issuing.numbered({ supportingDocuments: [{ ...file, description: 'BON_COMMANDE' }] });
    const id = await issuing.draft(content);
    const dry = await issuing.send(id, 'primary', { confirmed: false });
    expect(dry.body).toMatchObject({ sent: false, valid: true, missing: [] });
    const sent = await issuing.send(id);
    expect(sent).toMatchObject({ status: 200, body: { sent: true, draft: id, valid: true } });
    const { flowNumber } = sent.body;
    expect(await issuing.send(id)).toMatchObject({ status: 200, body: { sent: true, flowNumber } });
    expect(await issuing.ask('primary', `PUT ${issuing.drafts}/${id}`, { content })).toMatchObject({
      status: 409,
      body: { code: 'BRO-002' },
    });

    await issuing.ingest(flowNumber);
    const received = await issuing.ask<{ items: Record<string, unknown>[] }>(
      'primary elsewhere',
      `GET /invoices?list=received&search=${content.number}`,
    );
    expect(received.body.items).toMatchObject([
      {
        number: content.number,
        status: 'MISE_A_DISPOSITION',
        issuer: issuing.access.structure,
        issuerName: `Structure ${issuing.access.structure}`,
        recipient: issuing.access.elsewhere,
        serviceCode: 'COMPTA',
        totalWithVat: '71.88',
        flowNumber,
      },
    ]);
    const invoice = String(received.body.items[0]?.['id']);
    const view = await issuing.ask('primary elsewhere', `GET /invoices/${invoice}`);
    expect(view.body).toMatchObject({ supportingDocuments: [file] });
    const list = await issuing.ask<{ items: { draft: string }[] }>('primary', `GET ${issuing.drafts}`);
    expect(list.body.items.map((one) => one.draft)).not.toContain(id);
  });

  it('R22 tells before sending that the number was used', async () => {
    const content = issuing.numbered();
    await issuing.ingest((await issuing.send(await issuing.draft(content))).body.flowNumber);
    const again = await issuing.send(await issuing.draft(content));
    expect(again).toMatchObject({ status: 422, body: { code: 'BRO-006' } });
    expect(again.body.findings).toContainEqual(expect.objectContaining({ rule: 'DUPLICATE', field: 'number' }));
  });

  it.each(['before', 'after'])('R22 finishes what a crash %s the deposit left, as the same flow', async (when) => {
    const id = await issuing.draft();
    const ready = await issuing.send(id, 'primary', {});
    expect(ready.body.valid).toBe(true);
    const text = Buffer.from(`<Invoice>${randomUUID()}</Invoice>`);
    const document = await issuing.api.app.get<ObjectStore>(OBJECTS).put(Readable.from([text]), { maxBytes: 10_000 });
    const confirmed: DraftEvent = { type: 'DraftConfirmed', data: { draft: id, document, by: 'test' } };
    await issuing.api.app
      .get(Decisions)
      .decide(operator, (session) => session.record(draftStream(id), accept(confirmed)));
    const deposited =
      when === 'before'
        ? null
        : await issuing.api.app.get(Deposits).deposit({
            applicationCode: 'CPP001',
            sender: { identifier: issuing.access.structure, name: null },
            channel: 'PORTAL',
            name: { interfaceCode: DRAFT_INTERFACE },
            bytes: Readable.from([text]),
            announcedSize: text.length,
            attempt: id,
          });
    expect(await issuing.ask('primary', `PUT ${issuing.drafts}/${id}`, { content: {} })).toMatchObject({ status: 409 });
    const [one, other] = await Promise.all([issuing.send(id), issuing.send(id)]);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(other.body.flowNumber).toBe(one.body.flowNumber);
    if (deposited !== null) expect(one.body.flowNumber).toBe(deposited.flowNumber);
    const { rows } = await issuing.api.store.pool.query<{ flows: number }>(
      "SELECT count(*)::int AS flows FROM es.events WHERE type = 'FlowDeposited' AND data ->> 'sha256' = $1",
      [document.sha256],
    );
    expect(rows).toEqual([{ flows: 1 }]);
  });

  it('R22 sends without saving first, once for each attempt, and a machine does so too', async () => {
    const content = issuing.numbered();
    const path = `POST /structures/${issuing.access.structure}/invoices`;
    const dry = await issuing.ask<SendingView>('own', path, { content });
    expect(dry.body).toMatchObject({ sent: false, valid: true });
    const key = { 'idempotency-key': randomUUID() };
    const first = await issuing.ask<SendingView>('own', path, { content, confirmed: true }, key);
    const again = await issuing.ask<SendingView>('own', path, { content, confirmed: true }, key);
    expect(first.body).toMatchObject({ sent: true, flowNumber: expect.any(String) as string });
    expect(again.body.flowNumber).toBe(first.body.flowNumber);
    await issuing.ingest(first.body.flowNumber);
    const report = await issuing.ask<Record<string, unknown>>('own', `GET /flows/${first.body.flowNumber}`);
    expect(report.body).toMatchObject({ channel: 'API', status: 'integrated', invoices: { integrated: 1 } });
  });

  it('R24 joins no file that somebody else uploaded', async () => {
    const file = await issuing.upload('note.txt', Buffer.from(randomUUID()));
    const content = issuing.numbered({ supportingDocuments: [file] });
    expect(await issuing.ask('own', `POST ${issuing.drafts}`, { content })).toMatchObject({
      status: 409,
      body: { code: 'BRO-003' },
    });
    expect(
      await issuing.ask('own', `POST /structures/${issuing.access.structure}/invoices`, { content }),
    ).toMatchObject({
      status: 409,
      body: { code: 'BRO-003' },
    });
    const id = await issuing.draft(content);
    expect(
      (await issuing.ask('own', `PUT ${issuing.drafts}/${id}`, { content: { ...content, number: 'F-X' } })).status,
    ).toBe(200);
  });

  describe('a file that a person sends', () => {
    const path = () => `POST /structures/${issuing.access.structure}/invoice-files`;

    async function ubl(number: string): Promise<Buffer> {
      const chunks: Buffer[] = [];
      const content = typedInvoice({ number });
      const issuer = { identifier: issuing.access.structure, identifierType: 'SIRET' as const, name: 'Papeterie' };
      const invoice = { content, amounts: draftAmounts(content), issuer, recipientName: 'Mairie' };
      for await (const chunk of writeUbl(randomUUID(), invoice, () => Promise.reject(new Error('none'))))
        chunks.push(chunk);
      return Buffer.concat(chunks);
    }

    it('R20 R21 is recognised by its content, checked, and sent once it is confirmed', async () => {
      const number = issuing.newNumber();
      const xml = await ubl(number);
      const dry = await issuing.ask<SentFileView>('primary', `${path()}?name=facture.pdf`, xml);
      expect(dry).toMatchObject({
        status: 200,
        body: { container: 'xml', interfaceCode: 'FSO1150A', total: 1, valid: 1, sent: false, flowNumber: null },
      });
      const sent = await issuing.ask<SentFileView>('primary', `${path()}?confirmed=true`, xml);
      expect(sent).toMatchObject({ status: 200, body: { sent: true } });
      await issuing.ingest(sent.body.flowNumber);
      const received = await issuing.ask('primary elsewhere', `GET /invoices?list=received&search=${number}`);
      expect(received.body).toMatchObject({
        items: [{ number, issuer: issuing.access.structure, status: 'MISE_A_DISPOSITION' }],
      });
      const flow = await issuing.ask('operator', `GET /flows/${sent.body.flowNumber}`);
      expect(flow.body).toMatchObject({ channel: 'PORTAL', sender: { identifier: issuing.access.structure } });
    });

    it('R42 is sent when one of its invoices is good, and not when none is', async () => {
      const [good, bad] = [await ubl(issuing.newNumber()), await ubl('pas un numéro')];
      const zip = await zipOf([
        { name: 'a.xml', content: good.toString() },
        { name: 'b.xml', content: bad.toString() },
      ]);
      const dry = await issuing.ask<SentFileView>('primary', path(), zip);
      expect(dry.body).toMatchObject({ container: 'zip', total: 2, valid: 1 });
      const refused = await issuing.ask('primary', `${path()}?confirmed=true`, bad);
      expect(refused).toMatchObject({ status: 422, body: { code: 'DEP-003', valid: 0 } });
      const sent = await issuing.ask<SentFileView>('primary', `${path()}?confirmed=true`, zip);
      await issuing.ingest(sent.body.flowNumber);
      const flow = await issuing.ask('operator', `GET /flows/${sent.body.flowNumber}`);
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
      const answer = await issuing.ask('primary', `${path()}?confirmed=true`, await bytes());
      expect(answer).toMatchObject({ status: 422, body: { code, detail: expect.stringMatching(said) as string } });
    });

    it('R24 says of a batch that is too large how large it is and may be', async () => {
      const bytes = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(30 * 1024 ** 2)]);
      const answer = await issuing.ask('primary', path(), bytes);
      expect(answer).toMatchObject({ status: 413, body: { code: 'DEP-005' } });
      expect(answer.body['detail']).toMatch(/31457284 octets, pour 31457280/);
    });
  });
});
