import { Directory } from '#application';
import { serviceStream } from '#domain';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { ask, type Answer } from '../testing/ask.js';
import { managedStructure } from '../testing/managed-structure.js';
import { signedInPerson, type SignedInPerson } from '../testing/people.js';

const TOWN = '13002526500013';
const COMPANY = '55208131766522';

describe('services', () => {
  let api: OwnApi;
  let manager: SignedInPerson;
  let user: SignedInPerson;
  let stranger: SignedInPerson;

  beforeAll(async () => {
    api = await startOwnApi();
    [manager, user, stranger] = [await signedInPerson(api), await signedInPerson(api), await signedInPerson(api)];
    const people = { primary: manager.account, users: [user.account] };
    await managedStructure(api, TOWN, people);
    await managedStructure(api, COMPANY, people, false);
  });

  afterAll(() => api.close());

  const define = (token: string, code: string, body: object, structure = TOWN): Promise<Answer> =>
    ask(api, token, 'PUT', `/api/structures/${structure}/services/${encodeURIComponent(code)}`, body);
  const list = async (structure: string, query = ''): Promise<Record<string, unknown>> => {
    await api.project();
    const { status, body } = await ask(api, user.token, 'GET', `/api/structures/${structure}/services${query}`);
    expect(status).toBe(200);
    return body;
  };

  it('R11 a manager opens, renames, deactivates and reactivates services; so does an operator', async () => {
    expect((await define(manager.token, 'COMPTA/1', { name: 'Compta' })).status).toBe(204);
    expect((await define(manager.token, 'ACHATS', { name: 'Achats', commitmentNumber: true })).status).toBe(204);
    expect((await define(api.keys.operator, 'COMPTA/1', { name: 'Comptabilité', active: false })).status).toBe(204);
    expect(await list(TOWN)).toEqual({
      items: [
        { code: 'ACHATS', name: 'Achats', active: true, commitmentNumber: true },
        { code: 'COMPTA/1', name: 'Comptabilité', active: false, commitmentNumber: false },
      ],
      total: 2,
      next: null,
    });
    expect((await define(manager.token, 'COMPTA/1', { name: 'Comptabilité' })).status).toBe(204);
    const first = await list(TOWN, '?limit=1');
    expect(first.items).toMatchObject([{ code: 'ACHATS' }]);
    const second = await list(TOWN, `?limit=1&after=${String(first.next)}`);
    expect(second).toMatchObject({ items: [{ code: 'COMPTA/1', active: true }], total: 2, next: null });
  });

  it('R11 nobody else does', async () => {
    for (const [token, status] of [
      [user.token, 403],
      [stranger.token, 404],
      [api.keys.other, 403],
    ] as const)
      expect((await define(token, 'INTRUS', { name: 'Intrus' })).status).toBe(status);
    expect((await ask(api, stranger.token, 'GET', `/api/structures/${TOWN}/services`)).status).toBe(404);
    expect((await define(api.keys.operator, 'INTRUS', { name: 'Intrus' }, 'INCONNUE')).status).toBe(404);
    expect((await list(TOWN)).total).toBe(2);
  });

  it('R11 a company has services too, which ask for no commitment number', async () => {
    expect((await define(manager.token, 'AGENCE', { name: 'Agence' }, COMPANY)).status).toBe(204);
    const asking = await define(manager.token, 'AGENCE', { name: 'Agence', commitmentNumber: true }, COMPANY);
    expect([asking.status, asking.body.code]).toEqual([409, 'STR-004']);
    expect(await list(COMPANY)).toMatchObject({ items: [{ code: 'AGENCE', commitmentNumber: false }] });
    const key = { structure: COMPANY, code: 'AGENCE' };
    expect((await api.app.get(Directory).services([key])).get(serviceStream(key))).toMatchObject({ active: true });
    expect((await api.app.get(Directory).structures([COMPANY])).get(COMPANY)).toMatchObject({ publicEntity: false });
  });

  it('R11 enables users on an active service, and takes them off it', async () => {
    const path = `/api/structures/${TOWN}/services/ACHATS/users`;
    const rights = async (): Promise<unknown> =>
      (await ask(api, user.token, 'GET', `/api/structures/${TOWN}/members/${user.account}/rights`)).body.services;
    expect((await ask(api, manager.token, 'PUT', `${path}/${user.account}`)).status).toBe(204);
    expect(await rights()).toEqual(['ACHATS']);
    expect((await ask(api, user.token, 'DELETE', `${path}/${user.account}`)).status).toBe(403);
    expect((await ask(api, manager.token, 'PUT', `${path}/${stranger.account}`)).body.code).toBe('SER-003');
    await define(manager.token, 'ACHATS', { name: 'Achats', active: false, commitmentNumber: true });
    expect((await ask(api, manager.token, 'PUT', `${path}/${manager.account}`)).body.code).toBe('SER-002');
    expect((await ask(api, manager.token, 'DELETE', `${path}/${user.account}`)).status).toBe(204);
    expect(await rights()).toEqual([]);
  });

  it.each([' ', 'A\u0000B', 'A'.repeat(101), 'A'.repeat(3_000)])('R11 SER-001 refuses the code %j', async (code) => {
    expect(await define(manager.token, code, { name: 'Service' })).toMatchObject({
      status: 409,
      body: { code: 'SER-001' },
    });
  });
});
