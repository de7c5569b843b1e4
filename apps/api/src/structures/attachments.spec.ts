import type { SignedInPerson } from '../testing/people.js';
import { startPeopleApi, type Answer, type Asker, type PeopleApi } from '../../../../test/support/people-api.js';
import { siretOf } from './testing/siret.js';

const [ONE, TWO, OTHER] = [siretOf('732829320', 1), siretOf('732829320', 2), siretOf('552100554', 1)];

describe('attachments and authorisations', () => {
  let api: PeopleApi;
  let anne: SignedInPerson;
  let bruno: SignedInPerson;
  let carla: SignedInPerson;

  beforeAll(async () => {
    api = await startPeopleApi();
    anne = await api.person({ firstName: 'Anne', lastName: 'Durand' });
    bruno = await api.person({ firstName: 'Bruno', lastName: 'Petit' });
    carla = await api.person();
    for (const identifier of [ONE, TWO]) await create(anne, identifier);
    await create(carla, OTHER);
  });

  afterAll(() => api.close());

  const create = async (person: SignedInPerson, identifier: string): Promise<void> => {
    const wanted = { identifier, name: 'Papeterie', category: 'COMPANY' };
    expect((await api.ask(person, 'POST /structures', wanted)).status).toBe(201);
  };
  const requests = (person: SignedInPerson, structure: string): Promise<Answer> =>
    api.ask(person, `POST /structures/${structure}/attachment-requests`);
  const judge = (by: Asker, verdict: string, person: SignedInPerson, structure = ONE): Promise<Answer> =>
    api.ask(by, `POST /structures/${structure}/attachment-requests/${person.account}/${verdict}`, {});
  const listed = async (by: Asker, scope: string): Promise<unknown> => {
    await api.project();
    return (await api.ask(by, `GET /attachment-requests?scope=${scope}`)).body['items'];
  };
  const members = async (structure: string, query = ''): Promise<unknown> => {
    await api.project();
    const { items } = (await api.ask(anne, `GET /structures/${structure}/members?${query}`)).body;
    return (items as { account: string; role: string; status: string }[]).map(({ account, role, status }) => [
      account === anne.account ? 'anne' : account === bruno.account ? 'bruno' : 'carla',
      role,
      status,
    ]);
  };

  it('R04 a request waits for a manager, and both see it in their lists', async () => {
    expect((await requests(bruno, ONE)).status).toBe(202);
    const request = { structure: ONE, structureName: 'Papeterie', account: bruno.account, firstName: 'Bruno' };
    const waiting = [{ ...request, lastName: 'Petit', login: bruno.login, status: 'requested', reason: null }];
    expect(await listed(anne, 'to-judge')).toMatchObject(waiting);
    expect(await listed('operator', 'to-judge')).toMatchObject(waiting);
    expect(await listed(bruno, 'mine')).toMatchObject(waiting);
    expect(await listed(bruno, 'to-judge')).toEqual([]);
    expect(await listed(carla, 'to-judge')).toEqual([]);
  });

  it('R04 RAT-001 RAT-005 it is not made twice, nor judged by who made it, nor by strangers', async () => {
    expect(await requests(bruno, ONE)).toMatchObject({ status: 409, body: { code: 'RAT-001' } });
    expect(await judge(bruno, 'validate', bruno)).toMatchObject({ status: 409, body: { code: 'RAT-005' } });
    expect(await judge(carla, 'validate', bruno)).toMatchObject({ status: 404, body: { code: 'STR-404' } });
  });

  it('R04 a refused request can be made again, and once validated the other judge learns who was first', async () => {
    const path = `POST /structures/${ONE}/attachment-requests/${bruno.account}/refuse`;
    expect((await api.ask(anne, path, { reason: 'Qui êtes-vous ?' })).status).toBe(204);
    expect(await listed(bruno, 'mine')).toMatchObject([{ status: 'refused', reason: 'Qui êtes-vous ?' }]);
    expect((await requests(bruno, ONE)).status).toBe(202);
    expect((await judge(anne, 'validate', bruno)).status).toBe(204);
    expect(await judge('operator', 'refuse', bruno)).toMatchObject({
      status: 409,
      body: { code: 'RAT-004', detail: 'La demande de rattachement a déjà été validée par Anne Durand.' },
    });
    expect((await api.ask(bruno, `GET /structures/${ONE}`)).body).toMatchObject({
      role: 'simple',
      bankDetails: null,
      pacageNumber: null,
    });
  });

  it('R04 nobody asks to be attached to what is not there, and a closed structure names its successor', async () => {
    expect(await requests(bruno, '99999999999999')).toMatchObject({ status: 404 });
    const closed = siretOf('732829320', 7);
    await create(anne, closed);
    await api.ask('operator', `POST /structures/${closed}/deactivate`, { successor: ONE });
    expect(await requests(bruno, closed)).toMatchObject({
      status: 409,
      body: { code: 'STR-003', detail: expect.stringContaining(ONE) as string },
    });
  });

  it('R05 R10 a manager attaches a user to several structures at once, and is told line by line', async () => {
    const attached = await api.ask(anne, 'POST /attachments', {
      login: bruno.login.toUpperCase(),
      structures: [TWO, ONE, OTHER, TWO],
    });
    expect(attached).toMatchObject({
      status: 200,
      body: {
        lines: [
          { structure: TWO, outcome: 'done' },
          { structure: ONE, outcome: 'refused', code: 'RAT-002' },
          { structure: OTHER, outcome: 'refused', code: 'STR-404' },
        ],
      },
    });
    const nobody = await api.ask(anne, 'POST /attachments', { login: 'personne@exemple.test', structures: [TWO] });
    expect(nobody.body).toMatchObject({ lines: [{ outcome: 'refused', code: 'RAT-011' }] });
    expect((await api.ask(anne, 'POST /attachments', { structures: [TWO] })).status).toBe(400);
    const byAccount = await api.ask('operator', 'POST /attachments', { account: carla.account, structures: [TWO] });
    expect(byAccount.body).toEqual({ lines: [{ structure: TWO, outcome: 'done' }] });
  });

  it('R05 a manager deactivates, reactivates and deletes authorisations, and rights follow at once', async () => {
    const decide = (what: string) => api.ask(anne, `POST /structures/${ONE}/members/${bruno.account}/${what}`);
    const looks = async () => (await api.ask(bruno, `GET /structures/${ONE}`)).status;
    expect((await decide('deactivate')).status).toBe(204);
    expect(await looks()).toBe(404);
    expect(await members(ONE, 'status=deactivated')).toEqual([['bruno', 'simple', 'deactivated']]);
    expect(await requests(bruno, ONE)).toMatchObject({ status: 409, body: { code: 'RAT-003' } });
    expect((await decide('reactivate')).status).toBe(204);
    expect(await looks()).toBe(200);
    expect((await api.ask(anne, `DELETE /structures/${ONE}/members/${bruno.account}`)).status).toBe(204);
    expect(await looks()).toBe(404);
    expect(await members(ONE)).toEqual([['anne', 'primary', 'attached']]);
  });

  it('R05 a user leaves a structure, and the primary manager does not', async () => {
    expect((await api.ask(carla, `DELETE /structures/${TWO}/members/${carla.account}`)).status).toBe(204);
    expect(await api.ask(anne, `DELETE /structures/${TWO}/members/${anne.account}`)).toMatchObject({
      status: 409,
      body: { code: 'RAT-009' },
    });
    expect(await api.ask(bruno, `DELETE /structures/${TWO}/members/${anne.account}`)).toMatchObject({
      status: 403,
      body: { code: 'AUTH-003' },
    });
  });

  it('R03 the primary manager appoints a secondary one, who decides on users and not on managers', async () => {
    const decide = (by: SignedInPerson, what: string, on: SignedInPerson) =>
      api.ask(by, `POST /structures/${TWO}/members/${on.account}/${what}`);
    expect((await decide(bruno, 'appoint', bruno)).status).toBe(403);
    expect((await decide(anne, 'appoint', bruno)).status).toBe(204);
    expect(await members(TWO, 'role=secondary')).toEqual([['bruno', 'secondary', 'attached']]);
    await api.ask(bruno, 'POST /attachments', { login: carla.login, structures: [TWO] });
    expect((await decide(bruno, 'deactivate', carla)).status).toBe(204);
    expect((await decide(bruno, 'reactivate', carla)).status).toBe(204);
    expect((await decide(bruno, 'appoint', carla)).status).toBe(403);
    expect(await decide(bruno, 'deactivate', anne)).toMatchObject({ body: { code: 'RAT-009' } });
    expect((await decide(anne, 'appoint', carla)).status).toBe(204);
    expect(await decide(bruno, 'deactivate', carla)).toMatchObject({ body: { code: 'RAT-010' } });
    expect((await decide(anne, 'dismiss', carla)).status).toBe(204);
    expect((await members(TWO)) as string[][]).toContainEqual(['carla', 'simple', 'attached']);
  });

  it('R09 what names no account is not a request', async () => {
    expect((await api.ask(anne, `POST /structures/${TWO}/members/moi/appoint`)).status).toBe(400);
  });
});
