import { FEED_BEGINNING, feedCursor, type FeedEvent } from '#application';
import { completeInvoice, passValidationDeadline, recycleInvoice } from '#domain';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { signedInPerson, type SignedInPerson } from '../testing/people.js';
import { endedFlow } from '../testing/test-api.js';
import {
  connectionOf,
  decideOn,
  HOLDER,
  letIn,
  MINISTRY,
  readFeed,
  receivingStructure,
  setStatus,
  SUPPLIER,
  TOWN,
} from '../../../../test/support/feed-world.js';

describe('the feed of status events, by pages', () => {
  let api: OwnApi;
  let buyer: SignedInPerson;
  let accounts: SignedInPerson;
  let stranger: SignedInPerson;
  let town: string;
  let start: string;

  beforeAll(async () => {
    api = await startOwnApi();
    [buyer, accounts, stranger] = [await signedInPerson(api), await signedInPerson(api), await signedInPerson(api)];
    await receivingStructure(api, MINISTRY, [
      { person: buyer, service: null },
      { person: accounts, service: 'COMPTA' },
    ]);
    town = await connectionOf(api, TOWN, 'TWN001');
    await api.project();
  });

  beforeEach(async () => {
    start = (await readFeed(api, api.keys.operator, '?after=now')).next;
  });

  afterAll(() => api.close());

  const since = (key: string) => readFeed(api, key, `?after=${start}`);
  const what = (events: readonly FeedEvent[]) =>
    events.map(({ type, data }) => [type.split('.')[3], 'status' in data ? data.status : null]);

  it('R48 tells each side of an invoice what is theirs, in order, with an id that never changes', async () => {
    const stream = await letIn(api.store, { number: 'FLUX-1', serviceCode: 'COMPTA' });
    await setStatus(api.store, stream, { to: 'SERVICE_FAIT' });
    await setStatus(api.store, stream, { to: 'MANDATEE', paymentOrder: 'M-12' });
    await letIn(api.store, { number: 'FLUX-2', serviceCode: 'ACHATS' });
    await api.project();
    const whole = [
      ['integree', 'MISE_A_DISPOSITION'],
      ['statut', 'SERVICE_FAIT'],
      ['statut', 'MANDATEE'],
      ['integree', 'MISE_A_DISPOSITION'],
    ];
    for (const key of [api.keys.own, buyer.token, api.keys.operator]) {
      const { items, atEnd } = await since(key);
      expect(what(items)).toEqual(whole);
      expect(atEnd).toBe(true);
    }
    expect(what((await since(accounts.token)).items)).toEqual(whole.slice(0, 3));
    for (const key of [api.keys.other, town, stranger.token]) expect((await since(key)).items).toEqual([]);
    const [, , mandated] = (await since(buyer.token)).items;
    expect(mandated).toMatchObject({
      specversion: '1.0',
      source: 'urn:repons',
      type: 'fr.repons.facture.statut.v1',
      data: {
        invoice: { number: 'FLUX-1', issuer: SUPPLIER, recipient: MINISTRY, serviceCode: 'COMPTA' },
        previousStatus: 'SERVICE_FAIT',
        statusLabel: 'Mandatée',
        cppStatut: '08',
        afnor: '204',
        paymentOrder: 'M-12',
      },
    });
    expect((await since(api.keys.own)).items).toEqual((await since(buyer.token)).items);
  });

  it('R48 tells an intermediary every event of what it sent for an issuer, and of nothing else', async () => {
    const stream = await letIn(api.store, { sender: { identifier: TOWN, name: null } });
    await letIn(api.store);
    await setStatus(api.store, stream, { to: 'SUSPENDUE', reason: 'JUSTIF_ABS' });
    await decideOn(api.store, stream, (invoice) =>
      completeInvoice(invoice, { comment: 'Bon joint', supportingDocuments: [] }),
    );
    await api.project();
    expect(what((await since(town)).items)).toEqual([
      ['integree', 'MISE_A_DISPOSITION'],
      ['statut', 'SUSPENDUE'],
      ['completee', 'COMPLETEE'],
    ]);
  });

  it('R48 gives every event once to who goes on from page to page, however small the pages', async () => {
    for (let index = 0; index < 5; index += 1) await letIn(api.store);
    await api.project();
    const all = (await since(api.keys.own)).items.map(({ id }) => id);
    expect(all).toHaveLength(5);
    for (const limit of [1, 2, 5]) {
      const found: string[] = [];
      let after = start;
      for (let atEnd = false; !atEnd;) {
        const page = await readFeed(api, api.keys.own, `?after=${after}&limit=${limit}`);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        found.push(...page.items.map(({ id }) => id));
        ({ next: after, atEnd } = page);
      }
      expect(found).toEqual(all);
    }
    const resumed = await readFeed(api, api.keys.own, `?after=${(await since(api.keys.own)).items[2]?.sequence}`);
    expect(resumed.items.map(({ id }) => id)).toEqual(all.slice(3));
  });

  it('R48 moves a reader on over what is other people’s, and begins at the beginning without a cursor', async () => {
    await letIn(api.store);
    await api.project();
    const quiet = await since(town);
    expect(quiet).toMatchObject({ items: [], atEnd: true });
    expect(quiet.next > start).toBe(true);
    expect((await readFeed(api, api.keys.own, '?limit=500')).items.length).toBeGreaterThan(0);
    expect((await readFeed(api, api.keys.own, `?after=${feedCursor(FEED_BEGINNING)}&limit=1`)).items).toEqual(
      (await readFeed(api, api.keys.own, '?limit=1')).items,
    );
  });

  it('R27 tells the recipient nothing of an invoice before it comes, nor what was said of it then', async () => {
    const stream = await letIn(api.store, { billingFrame: 'A9', validator: { identifier: HOLDER, name: null } });
    await setStatus(api.store, stream, { to: 'VALIDEE_1', by: 'validator', comment: 'Entre nous' });
    await api.project();
    const { items } = await since(buyer.token);
    expect(items).toMatchObject([
      { data: { status: 'MISE_A_DISPOSITION', previousStatus: null, comment: null, reason: null } },
    ]);
    expect(JSON.stringify(items)).not.toContain('Entre nous');
    for (const key of [api.keys.own, api.keys.other])
      expect((await since(key)).items).toMatchObject([
        { data: { status: 'A_VALIDER_1', afnor: null } },
        { data: { status: 'VALIDEE_1', comment: 'Entre nous', afnor: '205' } },
        { data: { status: 'MISE_A_DISPOSITION', previousStatus: 'VALIDEE_1' } },
      ]);
  });

  it('R27 tells the AFNOR code by the billing frame of the invoice', async () => {
    const stream = await letIn(api.store, { billingFrame: 'A12', validator: { identifier: HOLDER, name: null } });
    await setStatus(api.store, stream, { to: 'REFUSEE_1', by: 'validator', reason: 'MONTANTTOTAL_ERR' });
    const late = await letIn(api.store, { billingFrame: 'A9', validator: { identifier: HOLDER, name: null } });
    await decideOn(api.store, late, passValidationDeadline);
    await api.project();
    expect((await since(api.keys.own)).items[1]).toMatchObject({
      data: {
        status: 'REFUSEE_1',
        afnor: '210',
        cppStatut: '14',
        by: 'validator',
        reason: { code: 'MONTANTTOTAL_ERR', label: 'Montant total erroné' },
      },
    });
    expect((await since(buyer.token)).items).toHaveLength(1);
  });

  it('R26 tells the wrong recipient that an invoice has left, and not where it went', async () => {
    const stream = await letIn(api.store, { number: 'RECYCLEE-1' });
    await setStatus(api.store, stream, { to: 'A_RECYCLER', reason: 'DEST_ERR' });
    await decideOn(api.store, stream, (invoice) =>
      recycleInvoice(invoice, {
        recipient: { identifier: TOWN, name: 'Mairie' },
        serviceCode: 'ECOLES',
        commitmentNumber: 'E-77',
        comment: 'Pour la mairie',
      }),
    );
    await setStatus(api.store, stream, { to: 'MANDATEE' });
    await api.project();
    const left = (await since(buyer.token)).items;
    expect(what(left).map(([type]) => type)).toEqual(['integree', 'statut', 'recyclee']);
    expect(left[2]).toMatchObject({ data: { formerRecipient: MINISTRY, invoice: { recipient: null } } });
    for (const secret of [TOWN, 'ECOLES', 'E-77', 'Pour la mairie']) expect(JSON.stringify(left)).not.toContain(secret);
    const came = (await since(town)).items;
    expect(what(came).map(([type]) => type)).toEqual(['recyclee', 'statut']);
    expect(came[0]).toMatchObject({
      data: {
        invoice: { recipient: TOWN, serviceCode: 'ECOLES' },
        commitmentNumber: 'E-77',
        comment: 'Pour la mairie',
      },
    });
  });

  it('R48 tells an issuer of invoices that the platform rejected, and nobody else', async () => {
    const flow = await endedFlow(api, 0, 2);
    const { items } = await since(api.keys.own);
    expect(items.map(({ subject }) => subject)).toEqual([`${flow}/1`, `${flow}/2`]);
    expect(items[0]).toMatchObject({
      type: 'fr.repons.facture.rejetee-par-la-plateforme.v1',
      data: { reasonCount: 1, reasons: [{ code: 'REJ_SEMAN', rule: 'BR-02' }], resendable: true },
    });
    expect((await since(buyer.token)).items).toEqual([]);
  });

  it.each([
    ['?after=x', 'EVT-001'],
    ['?after=12-3', 'EVT-001'],
    [`?after=${'9'.repeat(20)}-${'0'.repeat(16)}`, 'EVT-001'],
    [`?after=${'0'.repeat(8)}${'9'.repeat(12)}-${'0'.repeat(16)}`, 'EVT-002'],
    ['?limit=0', 'SRV-400'],
    ['?limit=501', 'SRV-400'],
  ])('R48 refuses %s with a code', async (query, code) => {
    expect(await readFeed(api, api.keys.own, query)).toMatchObject({ status: 400, code });
  });
});
