import type { SignedInPerson } from '../testing/people.js';
import { startPeopleApi, type PeopleApi } from '../../../../test/support/people-api.js';
import { siretOf } from './testing/siret.js';

const COMPANY = siretOf('732829320', 1);
const address = { lines: ['1 rue du Pont'], postcode: '75001', city: 'Paris', country: 'FR' };

describe('structures', () => {
  let api: PeopleApi;
  let anne: SignedInPerson;
  let bruno: SignedInPerson;

  beforeAll(async () => {
    api = await startPeopleApi();
    anne = await api.person({ firstName: 'Anne', lastName: 'Durand' });
    bruno = await api.person({ firstName: 'Bruno', lastName: 'Petit' });
  });

  afterAll(() => api.close());

  it('R02 R03 whoever creates a structure is its primary manager', async () => {
    const created = await api.ask(anne, 'POST /structures', {
      identifier: COMPANY,
      name: 'Papeterie du Pont',
      category: 'COMPANY',
      address,
    });
    expect(created).toEqual({ status: 201, body: { identifier: COMPANY, outcome: 'created' } });
    expect(await api.ask(anne, `GET /structures/${COMPANY}`)).toEqual({
      status: 200,
      body: {
        identifier: COMPANY,
        identifierType: 'SIRET',
        category: 'COMPANY',
        name: 'Papeterie du Pont',
        address,
        publicEntity: false,
        active: true,
        successor: null,
        origins: [],
        role: 'primary',
        primaryManager: { account: anne.account, firstName: 'Anne', lastName: 'Durand' },
        requirements: { serviceCode: false, commitmentNumber: false, serviceCodeOrCommitmentNumber: false },
        exclusion: null,
        usedApplications: ['DEMANDE_PAIEMENT'],
        spaces: [],
        invoicingMandate: false,
        pacageNumber: null,
        bankDetails: [],
      },
    });
  });

  it('R02 the second comer becomes a user who waits for attachment, and creates nothing', async () => {
    const again = { identifier: COMPANY, name: 'Autre nom', category: 'SOLE_TRADER' };
    expect(await api.ask(bruno, 'POST /structures', again)).toEqual({
      status: 202,
      body: { identifier: COMPANY, outcome: 'attachment-requested' },
    });
    expect(await api.ask(bruno, 'POST /structures', again)).toMatchObject({ status: 409, body: { code: 'RAT-001' } });
    expect((await api.ask(anne, `GET /structures/${COMPANY}`)).body['name']).toBe('Papeterie du Pont');
    expect(await api.ask(bruno, `GET /structures/${COMPANY}`)).toMatchObject({
      status: 404,
      body: { code: 'STR-404' },
    });
  });

  it('R02 R06 creates public structures with the spaces that are open from the start, for who has a PIGP account', async () => {
    const identifier = siretOf('217500016', 1);
    const commune = { identifier, name: 'Commune', category: 'LOCAL_AUTHORITY' };
    expect(await api.ask(anne, 'POST /structures', commune)).toMatchObject({ status: 409, body: { code: 'ROL-002' } });
    const clerk = await api.person({ pigp: true });
    expect((await api.ask(clerk, 'POST /structures', commune)).status).toBe(201);
    expect((await api.ask(clerk, `GET /structures/${identifier}`)).body).toMatchObject({
      publicEntity: true,
      spaces: [{ space: 'RECEIVED_INVOICES', service: null }],
    });
  });

  it('R02 name and address of a sole trader are nowhere in the log', async () => {
    const identifier = siretOf('404833048', 1);
    const trader = { identifier, name: 'Atelier Zébulon', category: 'SOLE_TRADER', address };
    expect((await api.ask(anne, 'POST /structures', trader)).status).toBe(201);
    expect((await api.ask(anne, `GET /structures/${identifier}`)).body).toMatchObject({
      name: 'Atelier Zébulon',
      address,
    });
    const { rows } = await api.store.pool.query<{ data: string }>(
      "SELECT data::text FROM es.events WHERE stream_id = $1 AND type = 'StructureRegistered'",
      [`structure-${identifier}`],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.data).not.toMatch(/Zébulon|rue du Pont/);
  });

  it.each<[string, object, string]>([
    ['a SIRET that fails its check', { identifier: '73282932000012' }, 'STR-002'],
    ['a private person under a SIRET', { category: 'PRIVATE_PERSON' }, 'STR-005'],
  ])('R02 refuses %s', async (_, change, code) => {
    const wanted = { identifier: siretOf('732829320', 9), name: 'A', category: 'COMPANY', ...change };
    expect(await api.ask(anne, 'POST /structures', wanted)).toMatchObject({ status: 409, body: { code } });
  });

  it.each<[string, object]>([
    ['neither a category nor whether it is public', { identifier: COMPANY, name: 'A' }],
    ['an address without a country', { identifier: COMPANY, name: 'A', category: 'COMPANY', address: { lines: [] } }],
    ['a path', { identifier: '../etc', name: 'A', category: 'COMPANY' }],
  ])('R02 a request with %s is not one', async (_, body) => {
    expect((await api.ask(anne, 'POST /structures', body)).status).toBe(400);
  });

  it('R12 R13 R14 a manager sets what there is to set', async () => {
    const put = (what: string, body: object) => api.ask(anne, `PUT /structures/${COMPANY}/${what}`, body);
    expect((await put('description', { name: 'Papeterie du Port' })).status).toBe(204);
    expect((await put('used-applications', { applications: ['DEMANDE_PAIEMENT', 'ENGAGEMENT'] })).status).toBe(204);
    expect((await put('invoicing-mandate', {})).status).toBe(204);
    expect((await put('pacage-number', { number: '012345678' })).status).toBe(204);
    const own = {
      label: 'Compte courant',
      holder: 'Papeterie',
      iban: 'FR1420041010050500013M02606',
      bic: 'PSSTFRPPPAR',
    };
    const added = await api.ask(anne, `POST /structures/${COMPANY}/bank-details`, own);
    expect(added.status).toBe(201);
    const factored = { ...own, label: 'Affacturage', factor: 'Affacturage SA' };
    const second = await api.ask(anne, `POST /structures/${COMPANY}/bank-details`, factored);
    expect((await api.ask(anne, `DELETE /structures/${COMPANY}/bank-details/${String(added.body['id'])}`)).status).toBe(
      204,
    );
    expect((await api.ask(anne, `GET /structures/${COMPANY}`)).body).toMatchObject({
      name: 'Papeterie du Port',
      address: null,
      usedApplications: ['DEMANDE_PAIEMENT', 'ENGAGEMENT'],
      invoicingMandate: true,
      pacageNumber: '012345678',
      bankDetails: [{ id: second.body['id'], ...factored }],
    });
  });

  it.each<[string, string, object, string]>([
    ['PUT', 'used-applications', { applications: ['ENGAGEMENT'] }, 'STR-006'],
    ['PUT', 'pacage-number', { number: '1' }, 'STR-008'],
    ['POST', 'bank-details', { label: 'A', holder: 'A', iban: 'FR14', bic: 'PSSTFRPPPAR' }, 'STR-009'],
  ])('R12 R14 refuses %s %s %j', async (method, what, body, code) => {
    expect(await api.ask(anne, `${method} /structures/${COMPANY}/${what}`, body)).toMatchObject({
      status: 409,
      body: { code },
    });
  });

  it('R02 R23 an operator registers leniently, and everyone who is known sees what a recipient asks for', async () => {
    const town = { identifier: '12345678200028', name: 'Ville', publicEntity: true };
    expect((await api.ask('operator', 'POST /structures', town)).status).toBe(201);
    expect(await api.ask('operator', 'POST /structures', town)).toMatchObject({
      status: 409,
      body: { code: 'STR-001' },
    });
    const requirements = { serviceCode: true, commitmentNumber: false, serviceCodeOrCommitmentNumber: false };
    expect((await api.ask('operator', `PUT /structures/${town.identifier}/requirements`, requirements)).status).toBe(
      204,
    );
    for (const [code, active] of [
      ['ACHATS', true],
      ['VIEUX', false],
    ] as const)
      await api.ask('operator', `PUT /structures/${town.identifier}/services/${code}`, { name: code, active });
    await api.project();
    const seen = {
      status: 200,
      body: {
        identifier: town.identifier,
        exists: true,
        active: true,
        successor: null,
        name: 'Ville',
        publicEntity: true,
        exclusion: null,
        requirements,
        services: [{ code: 'ACHATS', name: 'ACHATS', commitmentNumber: false }],
        service: null,
      },
    };
    expect(await api.ask(bruno, `GET /structures/${town.identifier}/recipient`)).toEqual(seen);
    expect(await api.ask('connection', `GET /structures/${town.identifier}/recipient`)).toEqual(seen);
  });

  it('R23 tells nothing of a company but that it is there, and nothing of what is not', async () => {
    await api.project();
    expect((await api.ask(bruno, `GET /structures/${COMPANY}/recipient`)).body).toMatchObject({
      exists: true,
      active: true,
      publicEntity: false,
      name: null,
      services: [],
    });
    expect((await api.ask(bruno, 'GET /structures/99999999999999/recipient')).body).toMatchObject({
      exists: false,
      active: false,
      name: null,
    });
  });

  it('R03 lists the structures of a person, filtered, searched and by pages', async () => {
    const carla = await api.person();
    const identifiers = [1, 2, 3].map((number) => siretOf('552100554', number));
    for (const [index, identifier] of identifiers.entries())
      await api.ask(carla, 'POST /structures', { identifier, name: `Garage 50% n° ${index + 1}`, category: 'COMPANY' });
    await api.ask('operator', `POST /structures/${identifiers[2] ?? ''}/deactivate`, {});
    await api.project();
    const list = async (query: string) => (await api.ask(carla, `GET /structures?${query}`)).body;
    const listed = (body: Record<string, unknown>) =>
      (body['items'] as { identifier: string }[]).map(({ identifier }) => identifier);
    const first = await list('limit=2');
    expect([listed(first), first['total'], first['next']]).toEqual([identifiers.slice(0, 2), 3, identifiers[1]]);
    const second = await list(`limit=2&after=${String(first['next'])}`);
    expect([listed(second), second['total'], second['next']]).toEqual([identifiers.slice(2), 3, null]);
    expect(listed(await list('active=false'))).toEqual(identifiers.slice(2));
    expect(listed(await list('role=simple'))).toEqual([]);
    expect(listed(await list('role=primary&active=true'))).toEqual(identifiers.slice(0, 2));
    expect(listed(await list(`search=${encodeURIComponent('50% n° 2')}`))).toEqual([identifiers[1]]);
    expect(listed(await list('search=garage'))).toEqual(identifiers);
    expect(listed(await list(`search=${identifiers[0] ?? ''}`))).toEqual([identifiers[0]]);
    expect(((await api.ask('operator', 'GET /structures')).body['total'] as number) > 3).toBe(true);
  });

  it('R09 machines create and list nothing', async () => {
    for (const request of ['POST /structures', 'GET /structures', 'GET /attachment-requests'])
      expect(
        await api.ask(
          'connection',
          request,
          request.startsWith('POST') ? { identifier: 'A1', name: 'A', publicEntity: true } : undefined,
        ),
      ).toMatchObject({ status: 403, body: { code: 'AUTH-002' } });
  });

  it('R09 what a stranger asks about a structure is not found, and what an identifier cannot be neither', async () => {
    for (const request of [`PUT /structures/${COMPANY}/description`, 'PUT /structures/A%2FB/description'])
      expect(await api.ask(bruno, request, { name: 'A' })).toMatchObject({ status: 404, body: { code: 'STR-404' } });
  });
});
