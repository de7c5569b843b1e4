import type { SignedInPerson } from '../testing/people.js';
import { startPeopleApi, type Answer, type Asker, type PeopleApi } from '../../../../test/support/people-api.js';
import { siretOf } from './testing/siret.js';

const address = { lines: ['1 rue du Pont'], postcode: '75001', city: 'Paris', country: 'FR' };

describe('the change of SIRET', () => {
  let api: PeopleApi;
  let anne: SignedInPerson;
  let bruno: SignedInPerson;
  let last = 0;

  beforeAll(async () => {
    api = await startPeopleApi();
    anne = await api.person({ pigp: true });
    bruno = await api.person();
  });

  afterAll(() => api.close());

  const fresh = (): string => siretOf('732829320', (last += 1));
  const created = async (category = 'COMPANY'): Promise<string> => {
    const identifier = fresh();
    expect((await api.ask(anne, 'POST /structures', { identifier, name: 'A', category, address })).status).toBe(201);
    return identifier;
  };
  const change = (by: Asker, from: string, to: string): Promise<Answer> =>
    api.ask(by, `POST /structures/${from}/identifier`, { identifier: to });
  const seen = async (person: Asker, structure: string) => (await api.ask(person, `GET /structures/${structure}`)).body;

  it('R16 carries over data, people and services, and neither the mandate nor the PACAGE number, along a chain', async () => {
    const [old, next, latest] = [await created(), fresh(), fresh()];
    await api.ask(anne, 'POST /attachments', { login: bruno.login, structures: [old] });
    await api.ask(anne, `POST /structures/${old}/members/${bruno.account}/appoint`);
    await api.ask(anne, `PUT /structures/${old}/invoicing-mandate`, {});
    await api.ask(anne, `PUT /structures/${old}/pacage-number`, { number: '012345678' });
    const own = { label: 'A', holder: 'A', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPPAR' };
    expect((await api.ask(anne, `POST /structures/${old}/bank-details`, own)).status).toBe(201);
    const count = async () => (await api.store.pool.query('SELECT 1 FROM es.events')).rowCount ?? 0;
    const before = await count();
    expect(await change(bruno, old, next)).toEqual({ status: 201, body: { identifier: next } });
    expect((await count()) - before).toBe(2);
    expect((await change(anne, next, latest)).status).toBe(201);

    const now = await seen(bruno, latest);
    expect(now).toMatchObject({
      identifier: latest,
      address,
      active: true,
      role: 'secondary',
      origins: [old, next],
      successor: null,
      invoicingMandate: false,
      pacageNumber: null,
      bankDetails: [own],
      primaryManager: { account: anne.account },
    });
    expect(await seen(anne, old)).toMatchObject({
      active: false,
      successor: next,
      invoicingMandate: true,
      pacageNumber: '012345678',
    });
    await api.project();
    const members = async (structure: string) =>
      (await api.ask(anne, `GET /structures/${structure}/members`)).body['total'];
    expect([await members(old), await members(next), await members(latest)]).toEqual([2, 2, 2]);
    const { body } = await api.ask(bruno, 'GET /structures?role=secondary');
    expect((body['items'] as { identifier: string }[]).map(({ identifier }) => identifier)).toEqual(
      [old, next, latest].sort(),
    );
  });

  it('R16 the old structure answers every command with the one that took its place', async () => {
    const [old, next] = [await created(), fresh()];
    expect((await change(anne, old, next)).status).toBe(201);
    const member = `/structures/${old}/members/${bruno.account}`;
    const commands: [string, object?][] = [
      [`PUT /structures/${old}/description`, { name: 'B' }],
      [`PUT /structures/${old}/used-applications`, { applications: ['DEMANDE_PAIEMENT'] }],
      [`PUT /structures/${old}/invoicing-mandate`, {}],
      [`PUT /structures/${old}/pacage-number`, {}],
      [`POST /structures/${old}/bank-details`, { label: 'A', holder: 'A', iban: 'A', bic: 'A' }],
      [`POST /structures/${old}/identifier`, { identifier: fresh() }],
      [`POST /structures/${old}/attachment-requests/${bruno.account}/validate`],
      [`POST /structures/${old}/attachment-requests/${bruno.account}/refuse`, {}],
      [`POST ${member}/appoint`],
      [`POST ${member}/dismiss`],
      [`POST ${member}/deactivate`],
      [`POST ${member}/reactivate`],
      [`DELETE ${member}`],
      [`POST /structures/${old}/primary-manager`, { account: bruno.account, formerBecomes: 'simple' }],
    ];
    const expected = { status: 409, body: { code: 'STR-003', detail: expect.stringContaining(next) as string } };
    for (const [request, body] of commands)
      expect([request, await api.ask(anne, request, body)]).toMatchObject([request, expected]);
    expect(await api.ask(bruno, `POST /structures/${old}/attachment-requests`)).toMatchObject(expected);
    expect((await api.ask(anne, 'POST /attachments', { login: bruno.login, structures: [old] })).body).toMatchObject({
      lines: [{ code: 'STR-003' }],
    });
    expect(await api.ask(bruno, 'POST /structures', { identifier: old, name: 'B', category: 'COMPANY' })).toMatchObject(
      expected,
    );
  });

  it('R16 who is put out of the new structure has no rights on the old one any more, and who comes has them', async () => {
    const [old, next] = [await created(), fresh()];
    const carla = await api.person();
    await api.ask(anne, 'POST /attachments', { login: bruno.login, structures: [old] });
    await change(anne, old, next);
    expect((await api.ask(bruno, `GET /structures/${old}`)).status).toBe(200);
    await api.ask(anne, `DELETE /structures/${next}/members/${bruno.account}`);
    await api.ask(anne, 'POST /attachments', { login: carla.login, structures: [next] });
    expect((await api.ask(bruno, `GET /structures/${old}`)).status).toBe(404);
    expect((await seen(carla, old))['role']).toBe('simple');
  });

  it('R16 only support changes the SIRET of a local authority', async () => {
    const [old, next] = [await created('LOCAL_AUTHORITY'), fresh()];
    expect(await change(anne, old, next)).toMatchObject({ status: 409, body: { code: 'SIR-005' } });
    expect((await change('operator', old, next)).status).toBe(201);
    expect((await seen(anne, next))['role']).toBe('primary');
  });

  it('R16 refuses another SIREN, what is no SIRET and what is in use, and users who do not manage', async () => {
    const [old, used] = [await created(), await created()];
    expect(await change(anne, old, siretOf('552100554', 1))).toMatchObject({ body: { code: 'SIR-003' } });
    expect(await change(anne, old, '73282932000010')).toMatchObject({ body: { code: 'SIR-002' } });
    expect(await change(anne, old, used)).toMatchObject({ body: { code: 'SIR-004' } });
    await api.ask(anne, 'POST /attachments', { login: bruno.login, structures: [old] });
    expect((await change(bruno, old, fresh())).status).toBe(403);
    expect((await change('connection', old, fresh())).status).toBe(404);
  });

  it('R16 nothing new is sent by the old structure: its connection deposits no more, and still reads', async () => {
    const [old, next] = [await created(), fresh()];
    const opened = await api.ask('operator', 'POST /connections', {
      applicationCode: 'OLD001',
      structure: old,
      name: 'A',
    });
    await api.project();
    const headers = { authorization: `Bearer ${String(opened.body['apiKey'])}` };
    const deposit = async (content: string) => {
      const path = `${api.url}/api/flows?interfaceCode=FSO1100A`;
      const type = { 'content-type': 'application/octet-stream' };
      const response = await fetch(path, { method: 'POST', headers: { ...headers, ...type }, body: content });
      return { status: response.status, body: (await response.json()) as object };
    };
    expect((await deposit('<facture n="1"/>')).status).toBe(202);
    await change(anne, old, next);
    await api.project();
    expect(await deposit('<facture n="2"/>')).toMatchObject({
      status: 409,
      body: { code: 'STR-003', detail: expect.stringContaining(next) as string },
    });
    expect(await (await fetch(`${api.url}/api/flows`, { headers })).json()).toMatchObject({ total: 1 });
  });
});
