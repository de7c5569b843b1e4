import { creditInvoice, invoiceStream } from '#domain';
import { connectionOf, decideOn } from '../../../../test/support/feed-world.js';
import type { OwnApi } from '../../../../test/support/own-api.js';
import { HOLDER, InvoiceWorld, SUPPLIER, TOWN } from '../../../../test/support/invoice-world.js';

describe('the life of an invoice, by HTTP', () => {
  let world: InvoiceWorld;
  let api: OwnApi;

  beforeAll(async () => {
    world = await InvoiceWorld.start();
    ({ api } = world);
  });

  afterAll(() => world.close());

  const invoice: InvoiceWorld['invoice'] = (data) => world.invoice(data);
  const call: InvoiceWorld['call'] = (...given) => world.call(...given);
  const numbers: InvoiceWorld['numbers'] = (...given) => world.numbers(...given);

  it('R25 a recipient takes an invoice from made available to paid, and its history says so', async () => {
    const id = await invoice();
    for (const status of ['SERVICE_FAIT', 'MANDATEE', 'MISE_EN_PAIEMENT'])
      expect((await call('buyer', 'POST', `/${id}/status`, { status })).body).toEqual({ status });
    await api.project();
    const { body } = await call('supplier', 'GET', `/${id}`);
    expect(body).toMatchObject({ status: 'MISE_EN_PAIEMENT', statusLabel: 'Mise en paiement', nextStatuses: [] });
    for (const internal of ['stream', 'sender']) expect(body).not.toHaveProperty(internal);
    expect((body['history'] as { status: string }[]).map(({ status }) => status)).toEqual([
      'MISE_A_DISPOSITION',
      'SERVICE_FAIT',
      'MANDATEE',
      'MISE_EN_PAIEMENT',
    ]);
  });

  it('R25 a rejection needs a coded reason, is told to the issuer, and is acknowledged', async () => {
    const id = await invoice();
    expect(await call('buyer', 'POST', `/${id}/status`, { status: 'REJETEE' })).toMatchObject({
      status: 409,
      code: 'FAC-003',
    });
    const rejection = { status: 'REJETEE', reason: 'DOUBLON', comment: 'Déjà reçue le 3' };
    expect((await call('buyer', 'POST', `/${id}/status`, rejection)).status).toBe(200);
    expect((await call('supplier', 'POST', `/${id}/rejection-acknowledgement`)).status).toBe(200);
    await api.project();
    expect((await call('supplier', 'GET', `/${id}`)).body).toMatchObject({
      status: 'REJETEE',
      reason: 'DOUBLON',
      comment: 'Déjà reçue le 3',
      rejectionAcknowledged: true,
    });
  });

  it('R25 takes a status by any of its codes, and shows all of them', async () => {
    const id = await invoice();
    const told = { reason: 'JUSTIF_ABS', comment: 'Le RIB' };
    expect(await call('buyer', 'POST', `/${id}/status`, { cppStatut: '06', afnor: '210', ...told })).toMatchObject({
      status: 409,
      code: 'FAC-008',
    });
    expect(await call('buyer', 'POST', `/${id}/status`, told)).toMatchObject({ status: 409, code: 'FAC-001' });
    expect((await call('buyer', 'POST', `/${id}/status`, { cppStatut: '6', ...told })).status).toBe(400);
    const answer = await call('buyer', 'POST', `/${id}/status`, { cppStatut: '06', afnor: '208', ...told });
    expect(answer.body).toEqual({ status: 'SUSPENDUE' });
    expect((await call('buyer', 'POST', `/${id}/status`, { afnor: '210', reason: 'DOUBLON' })).body).toEqual({
      status: 'REJETEE',
    });
    await api.project();
    expect((await call('supplier', 'GET', `/${id}`)).body).toMatchObject({
      status: 'REJETEE',
      statusCodes: { cppStatut: '05', afnor: '210' },
    });
  });

  it('R25 a suspended invoice is completed by its issuer', async () => {
    const id = await invoice();
    await call('buyer', 'POST', `/${id}/status`, { status: 'SUSPENDUE', reason: 'JUSTIF_ABS' });
    expect(await call('buyer', 'POST', `/${id}/completion`, { comment: 'x' })).toMatchObject({ status: 404 });
    expect((await call('supplier', 'POST', `/${id}/completion`, { comment: 'Bon joint' })).body).toEqual({
      status: 'COMPLETEE',
    });
  });

  it('R26 a recycled invoice goes to the right recipient and leaves the view of the wrong one', async () => {
    const id = await invoice({ serviceCode: null });
    expect((await call('buyer', 'POST', `/${id}/status`, { status: 'A_RECYCLER' })).status).toBe(200);
    expect(await call('supplier', 'POST', `/${id}/recycling`, { recipient: '13002526500013' })).toMatchObject({
      code: 'STR-003',
    });
    expect(await call('supplier', 'POST', `/${id}/recycling`, { recipient: SUPPLIER })).toMatchObject({
      code: 'FAC-010',
    });
    expect(await call('supplier', 'POST', `/${id}/recycling`, {})).toMatchObject({ code: 'FAC-006' });
    expect(await call('supplier', 'POST', `/${id}/recycling`, { serviceCode: 'NULLE-PART' })).toMatchObject({
      code: 'FAC-012',
    });
    expect((await call('supplier', 'POST', `/${id}/recycling`, { recipient: TOWN })).body).toEqual({
      status: 'MISE_A_DISPOSITION',
    });
    await api.project();
    expect((await call('buyer', 'GET', `/${id}`)).status).toBe(404);
    expect((await call('town', 'GET', `/${id}`)).body).toMatchObject({ recipient: TOWN, status: 'MISE_A_DISPOSITION' });
    expect((await call('buyer', 'POST', `/${id}/status`, { status: 'MANDATEE' })).status).toBe(404);
    expect((await call('town', 'POST', `/${id}/status`, { status: 'MANDATEE' })).status).toBe(200);
  });

  it('R27 the holder of the contract validates a subcontractor’s invoice before the recipient sees it', async () => {
    const id = await invoice({ billingFrame: 'A9', validator: { identifier: HOLDER, name: null } });
    expect((await call('buyer', 'GET', `/${id}`)).status).toBe(404);
    expect((await call('buyer', 'POST', `/${id}/status`, { status: 'MANDATEE' })).status).toBe(404);
    expect(await numbers('holder', '?list=to-validate')).toEqual([`F-${world.count}`]);
    expect(
      (await call('holder', 'POST', `/${id}/validation`, { outcome: 'validated', comment: 'Conforme' })).body,
    ).toEqual({
      status: 'MISE_A_DISPOSITION',
    });
    await api.project();
    expect(await numbers('holder', '?list=to-validate')).toEqual([]);
    expect((await call('buyer', 'GET', `/${id}`)).status).toBe(200);
    expect((await call('holder', 'POST', `/${id}/validation`, { outcome: 'refused', reason: 'AUTRE' })).code).toBe(
      'FAC-002',
    );
  });

  it('R27 a wrong validator is corrected by the issuer', async () => {
    const id = await invoice({ billingFrame: 'A12', validator: { identifier: HOLDER, name: null } });
    const wrong = { outcome: 'wrong-validator', reason: 'ERR_VALIDEUR' };
    expect((await call('holder', 'POST', `/${id}/validation`, wrong)).body).toEqual({
      status: 'ERREUR_FOURNISSEUR_SUR_VALIDEUR',
    });
    expect((await call('supplier', 'POST', `/${id}/validator`, { validator: TOWN })).body).toEqual({
      status: 'A_VALIDER_1',
    });
    expect((await call('holder', 'POST', `/${id}/validation`, { outcome: 'validated' })).status).toBe(404);
  });

  it('R09 gives each what their rights reach: consultation, one service, or nothing at all', async () => {
    const [compta, achats] = [await invoice({ serviceCode: 'COMPTA' }), await invoice({ serviceCode: 'ACHATS' })];
    const answers = async (who: string, id: string) => [
      (await call(who, 'GET', `/${id}`)).status,
      (await call(who, 'POST', `/${id}/status`, { status: 'SERVICE_FAIT' })).status,
    ];
    expect(await answers('stranger', compta)).toEqual([404, 404]);
    expect(await answers('town', compta)).toEqual([404, 404]);
    expect(await answers('reader', compta)).toEqual([200, 403]);
    expect(await answers('accounts', achats)).toEqual([404, 403]);
    expect(await answers('accounts', compta)).toEqual([200, 200]);
    expect(await answers('supplier', achats)).toEqual([200, 404]);
    expect(await numbers('accounts', '?limit=500')).not.toContain(`F-${world.count}`);
    expect(await numbers('stranger', '?limit=500')).toEqual([]);
  });

  it('R16 what was received before a change of SIRET stays to be read and processed by the people and machines of now', async () => {
    const old = { identifier: '13002526500013', name: 'Agence' };
    await world.structure(old.identifier, true, 'town', { town: [['RECEIVED_INVOICES', 'modification']] });
    const id = await invoice({ recipient: old, serviceCode: null });
    const oldMachine = await connectionOf(api, old.identifier, 'SIRET0');
    const response = await fetch(`${api.url}/api/structures/${old.identifier}/identifier`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.people['town']?.token ?? ''}`, 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: '13002526500039' }),
    });
    expect(response.status).toBe(201);
    await api.project();
    expect(await numbers('town', '?limit=500')).toContain(`F-${world.count}`);
    expect((await call('town', 'GET', `/${id}`)).body).toMatchObject({ recipient: old.identifier });
    expect((await call('town', 'POST', `/${id}/status`, { status: 'MANDATEE' })).body).toEqual({ status: 'MANDATEE' });
    expect((await call('buyer', 'GET', `/${id}`)).status).toBe(404);
    // So may the machines of the new SIRET, and still those of the old one, which have nothing of what comes to the new.
    const newMachine = await connectionOf(api, '13002526500039', 'SIRET1');
    await api.project();
    const next = (who: string, of: string, status: string) => call(who, 'POST', `/${of}/status`, { status });
    expect((await next(newMachine, id, 'MISE_EN_PAIEMENT')).body).toEqual({ status: 'MISE_EN_PAIEMENT' });
    expect(await next(api.keys.other, id, 'MANDATEE')).toMatchObject({ status: 404, code: 'FAC-404' });
    const own = await invoice({ recipient: old, serviceCode: null });
    expect((await next(oldMachine, own, 'MANDATEE')).body).toEqual({ status: 'MANDATEE' });
    const newer = await invoice({ recipient: { ...old, identifier: '13002526500039' }, serviceCode: null });
    expect(await next(oldMachine, newer, 'MANDATEE')).toMatchObject({ status: 404, code: 'FAC-404' });
    expect((await next(newMachine, newer, 'MANDATEE')).body).toEqual({ status: 'MANDATEE' });
    // Nothing new is sent to it: an invoice to recycle does not go to the old SIRET.
    const wrong = await invoice({ serviceCode: null });
    await call('buyer', 'POST', `/${wrong}/status`, { status: 'A_RECYCLER' });
    const refused = await call('supplier', 'POST', `/${wrong}/recycling`, { recipient: old.identifier });
    expect(refused).toMatchObject({ status: 409, code: 'STR-003' });
    expect(refused.body['detail']).toContain('13002526500039');
  });

  it('R25 shows a credit note and the invoice that it is about on one another, to those who see them', async () => {
    const original = await invoice({ number: 'ORIGINE-1', issueDate: '2026-10-01' });
    const preceding = { number: 'ORIGINE-1', issueDate: '2026-10-01' };
    const elsewhere = { recipient: { identifier: TOWN, name: null }, serviceCode: null };
    const note = { typeCode: '381', precedingInvoices: [preceding], totalWithVat: '120.00' };
    const credits = [await invoice(note), await invoice({ ...note, ...elsewhere })];
    const stream = invoiceStream(SUPPLIER, preceding.number, preceding.issueDate);
    for (const number of [`F-${world.count - 1}`, `F-${world.count}`]) {
      const creditNote = { number, issueDate: '2026-11-20', amount: '120.00', currency: 'EUR' };
      await decideOn(api.store, stream, (one) => creditInvoice(one, creditNote));
    }
    await api.project();
    const seen = (who: string, id: string) => call(who, 'GET', `/${id}`).then(({ body }) => body);
    const theirs = await seen('supplier', original);
    expect(theirs).toMatchObject({ status: 'MISE_A_DISPOSITION', cancelledByCreditNotes: true, references: [] });
    expect((theirs['creditedBy'] as { id: string }[]).map(({ id }) => id).sort()).toEqual([...credits].sort());
    expect(await seen('buyer', original)).toMatchObject({
      creditedBy: [{ id: credits[0], totalWithVat: '120.00', currency: 'EUR', status: 'MISE_A_DISPOSITION' }],
    });
    for (const [who, id] of [
      ['buyer', credits[0]],
      ['town', credits[1]],
    ] as const)
      await call(who, 'POST', `/${id}/status`, { status: 'REJETEE', reason: 'DOUBLON' });
    await api.project();
    expect(await seen('supplier', original)).toMatchObject({ cancelledByCreditNotes: false, creditedBy: [{}, {}] });
    expect((await seen('buyer', credits[0] ?? ''))['references']).toEqual([{ ...preceding, id: original }]);
    expect((await seen('town', credits[1] ?? ''))['references']).toEqual([{ ...preceding, id: null }]);
  });

  it('R28 lists and shows statements of justice fees to the holders of their space, with the office to turn to', async () => {
    const court = '17750111100011';
    await world.structure(court, true, 'town', { town: [], reader: [['JUSTICE_FEES', 'consultation']] });
    await world.structure('81034732800017', false, 'holder', { stranger: [['JUSTICE_FEES', 'consultation']] });
    await api.project();
    const addressed = { recipient: { identifier: court, name: null }, serviceCode: null };
    const issuer = { identifier: '81034732800017', name: 'Expert' };
    const fees = await invoice({ ...addressed, issuer, billingFrame: 'A3', number: 'MEMOIRE-1' });
    const other = await invoice({ ...addressed, issuer, number: 'FACTURE-1' });
    for (const who of ['reader', 'stranger']) {
      expect(await numbers(who, '?list=justice-fees')).toEqual(['MEMOIRE-1']);
      expect(await numbers(who, `?list=justice-fees&structure=${court}&search=MEMOIRE-1`)).toEqual(['MEMOIRE-1']);
      expect((await call(who, 'GET', `/${other}`)).status).toBe(404);
      expect((await call(who, 'GET', `/${fees}`)).body).toMatchObject({ number: 'MEMOIRE-1', centralService: null });
    }
    expect(await numbers('buyer', '?list=justice-fees')).toEqual([]);
    const contact = {
      name: 'Service centralisateur',
      address: ['4 boulevard du Palais', '75001 Paris'],
      email: 'sc@justice.fr',
    };
    const response = await fetch(`${api.url}/api/structures/${court}/central-service`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${world.people['town']?.token ?? ''}`, 'content-type': 'application/json' },
      body: JSON.stringify({ contact }),
    });
    expect(response.status).toBe(204);
    expect((await call('stranger', 'GET', `/${fees}`)).body).toMatchObject({
      centralService: { ...contact, telephone: null },
    });
    expect((await call('supplier', 'GET', `/${await invoice()}`)).body).toMatchObject({ centralService: null });
  });

  it('R25 lets one of twenty win who process one invoice at the same instant', async () => {
    const id = await invoice();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call('buyer', 'POST', `/${id}/status`, { status: 'MISE_EN_PAIEMENT' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status, code }) => status === 409 && code === 'FAC-002')).toHaveLength(19);
  });
});
