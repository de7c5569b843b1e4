import { draftStream, type InvoiceEvent, type InvoiceStatus } from '#domain';
import type { CallerName } from '../../../../test/support/access/callers.js';
import { typedInvoice } from '../../../../test/support/typed-invoice.js';
import type { DraftView } from './draft-views.js';
import { IssuingWorld } from '../../../../test/support/issuing-world.js';
import type { WorkItem } from './work-list.js';

describe('drafts and the work list, by HTTP', () => {
  let issuing: IssuingWorld;

  beforeAll(async () => {
    issuing = await IssuingWorld.start();
  });

  afterAll(() => issuing.close());

  it('R22 saves an invoice of which little is typed, says what is missing, and takes the whole content anew', async () => {
    const id = await issuing.draft({ number: 'F-0', lines: [{ name: 'Papier', quantity: '', price: null }] });
    const first = await issuing.ask<DraftView>('primary', `GET ${issuing.drafts}/${id}`);
    expect(first.body).toMatchObject({ status: 'open', content: { number: 'F-0', lines: [{ name: 'Papier' }] } });
    expect(first.body.missing.map(({ term, field }) => `${term} ${field}`)).toContain('BT-146 lines[0].price');
    const saved = await issuing.ask<DraftView>('primary', `PUT ${issuing.drafts}/${id}`, { content: typedInvoice() });
    expect(saved.body).toMatchObject({
      missing: [],
      amounts: {
        lines: ['49.90', '10.00'],
        totals: { totalWithoutVat: '59.90', totalVat: '11.98', amountDue: '71.88' },
      },
    });
    await issuing.api.project();
    const list = await issuing.ask<{ items: unknown[] }>('simple', `GET ${issuing.drafts}`);
    expect(list.body.items).toContainEqual(
      expect.objectContaining({ draft: id, number: 'F2026-0001', totalWithVat: '71.88', missing: 0 }),
    );
    expect((await issuing.ask('primary', `DELETE ${issuing.drafts}/${id}`)).status).toBe(204);
    expect(await issuing.ask('primary', `GET ${issuing.drafts}/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'BRO-404' },
    });
  });

  it('R22 keeps in the log what people typed under a key of the draft, which goes with it', async () => {
    const id = await issuing.draft(issuing.numbered({ seller: { contact: { name: 'Camille Durand' } } }));
    const stored = async () => {
      const { rows } = await issuing.api.store.pool.query<{ data: string }>(
        'SELECT data::text FROM es.events WHERE stream_id = $1',
        [draftStream(id)],
      );
      return rows.map(({ data }) => data).join();
    };
    expect(await stored()).toContain(id);
    expect(await stored()).not.toContain('Durand');
    await issuing.ask('primary', `DELETE ${issuing.drafts}/${id}`);
    const { rows } = await issuing.api.store.pool.query('SELECT wrapped_key FROM vault.person_keys WHERE person = $1', [
      id,
    ]);
    expect(rows).toEqual([{ wrapped_key: null }]);
    await issuing.api.project();
  });

  it('R09 R22 is invisible to the recipient, and to people of the structure without the right', async () => {
    const id = await issuing.draft();
    expect((await issuing.ask('simple', `GET ${issuing.drafts}/${id}`)).status).toBe(200);
    expect((await issuing.ask('secondary', `GET ${issuing.drafts}/${id}`)).status).toBe(403);
    expect((await issuing.ask('primary elsewhere', `GET ${issuing.drafts}/${id}`)).status).toBe(404);
    expect(
      (await issuing.ask('primary elsewhere', `GET /structures/${issuing.access.elsewhere}/drafts/${id}`)).status,
    ).toBe(404);
    expect((await issuing.send(id, 'simple')).status).toBe(403);
  });

  it('R13 needs the invoicing mandate', async () => {
    const path = `POST /structures/${issuing.access.elsewhere}/drafts`;
    expect(await issuing.ask('primary elsewhere', path, { content: {} })).toMatchObject({
      status: 409,
      body: { code: 'BRO-001' },
    });
  });

  it('R22 R25 R26 R27 shows an issuer what waits for it, with counts, and nobody else', async () => {
    await issuing.api.project();
    type Work = { items: WorkItem[] };
    const of = async (caller: CallerName) => {
      const { body } = await issuing.ask<Work>(caller, `GET /work-list?structure=${issuing.access.structure}`);
      return new Map(body.items.map((item) => [item.kind, item]));
    };
    const before = await of('primary');
    const id = await issuing.draft();
    const issued = { issuer: { identifier: issuing.access.structure, name: null }, serviceCode: null };
    const moved = async (to: InvoiceStatus, ...further: InvoiceEvent[]) =>
      issuing.access.invoice(issued, movedTo(to, issuing.access.structure, issuing.access.partner), ...further);
    const rejected = await moved('REJETEE');
    await moved('A_RECYCLER');
    await moved('SUSPENDUE');
    await moved('REFUSEE_1');
    await moved('REFUSEE_2');
    await moved('ERREUR_FOURNISSEUR_SUR_VALIDEUR');
    await issuing.api.project();
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
    await issuing.ask('primary', `POST /invoices/${rejected}/rejection-acknowledgement`);
    await issuing.api.project();
    expect((await of('primary')).get('REJECTED')).toMatchObject({ count: 0, invoices: [] });
    for (const caller of ['secondary', 'primary elsewhere', 'other'] as const)
      expect([...(await of(caller)).values()].every(({ count: all }) => all === 0)).toBe(true);
  });

  it('R23 says of a recipient and its service whether they are there, active, and what they ask for', async () => {
    const of = async (query: string) => (await issuing.ask('primary', `GET /structures/${query}`)).body;
    expect(await of(`${issuing.access.elsewhere}/recipient?service=COMPTA`)).toMatchObject({
      exists: true,
      active: true,
      service: { code: 'COMPTA', exists: true, active: true, commitmentNumber: false },
    });
    expect(await of(`${issuing.access.elsewhere}/recipient?service=AUTRE`)).toMatchObject({
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
