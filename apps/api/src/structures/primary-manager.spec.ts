import { Decisions } from '#application';
import { accept, supportRequestStream, type SupportRequestEvent } from '#domain';
import { randomUUID } from 'node:crypto';
import type { SignedInPerson } from '../testing/people.js';
import { startPeopleApi, type Answer, type Asker, type PeopleApi } from '../../../../test/support/people-api.js';
import { siretOf } from './testing/siret.js';

describe('the role of primary manager', () => {
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

  const created = async (category = 'COMPANY'): Promise<string> => {
    const identifier = siretOf('732829320', (last += 1));
    expect((await api.ask(anne, 'POST /structures', { identifier, name: 'A', category })).status).toBe(201);
    return identifier;
  };
  const move = (by: Asker, structure: string, body: object): Promise<Answer> =>
    api.ask(by, `POST /structures/${structure}/primary-manager`, { formerBecomes: 'simple', ...body });
  const roleOf = async (person: SignedInPerson, structure: string): Promise<unknown> =>
    (await api.ask(person, `GET /structures/${structure}`)).body['role'];
  const request = async (structure: string, change: object = {}): Promise<string> => {
    const id = randomUUID();
    const event: SupportRequestEvent = {
      type: 'SupportRequestCreated',
      data: {
        request: id,
        author: bruno.account,
        structure,
        recipient: { kind: 'support' },
        category: 'STRUCTURES_AND_USERS',
        subcategory: 'USER_RIGHTS',
        subject: 'Gestionnaire parti',
        text: 'Voir le certificat.',
        files: [{ name: 'certificat.pdf', sha256: 'a'.repeat(64), size: 1, administrativeCertificate: true }],
        ...change,
      },
    };
    await api.app
      .get(Decisions)
      .decide({ kind: 'operator' }, (session) => session.record(supportRequestStream(id), accept(event)));
    return id;
  };

  it('R06 moves by login in one step, attaching the target on the way, and back as the command says', async () => {
    const structure = await created();
    expect((await move(anne, structure, { login: bruno.login, formerBecomes: 'secondary' })).status).toBe(204);
    expect([await roleOf(anne, structure), await roleOf(bruno, structure)]).toEqual(['secondary', 'primary']);
    expect((await move(anne, structure, { login: anne.login })).status).toBe(403);
    expect((await move(bruno, structure, { account: anne.account })).status).toBe(204);
    expect([await roleOf(anne, structure), await roleOf(bruno, structure)]).toEqual(['primary', 'simple']);
  });

  it('R06 refuses a target without a PIGP account on a public structure outside the State, or without an account', async () => {
    const structure = await created('LOCAL_AUTHORITY');
    expect(await move(anne, structure, { login: bruno.login })).toMatchObject({
      status: 409,
      body: { code: 'ROL-002' },
    });
    expect(await move(anne, structure, { login: 'rien@exemple.test' })).toMatchObject({ body: { code: 'RAT-011' } });
    expect(await move(anne, structure, { account: randomUUID() })).toMatchObject({ body: { code: 'ROL-003' } });
    expect(await roleOf(anne, structure)).toBe('primary');
  });

  it('R07 support names it on a support request with its certificate, and on no other', async () => {
    const structure = await created();
    expect((await api.ask(bruno, `POST /structures/${structure}/attachment-requests`)).status).toBe(202);
    const to = (supportRequest?: string) => move('operator', structure, { login: bruno.login, supportRequest });
    expect(await to()).toMatchObject({ status: 409, body: { code: 'ROL-007' } });
    expect(await to(randomUUID())).toMatchObject({ body: { code: 'ROL-007' } });
    expect(await to(await request(structure, { files: [] }))).toMatchObject({ body: { code: 'ROL-007' } });
    const id = await request(structure);
    expect((await to(id)).status).toBe(204);
    expect(await roleOf(bruno, structure)).toBe('primary');
    const { rows } = await api.store.pool.query<{ data: object }>(
      "SELECT data FROM es.events WHERE stream_id = $1 AND type = 'PrimaryManagerNamed'",
      [`structure-${structure}`],
    );
    expect(rows.map(({ data }) => data)).toEqual([
      { account: bruno.account, former: anne.account, formerBecomes: 'simple', by: 'operator', supportRequest: id },
    ]);
  });

  it('R02 R07 a structure of the directory gets its first primary manager from support, who was asked for attachment', async () => {
    const town = { identifier: siretOf('217500016', 1), name: 'Ville', publicEntity: true, category: 'STATE' };
    expect((await api.ask('operator', 'POST /structures', town)).status).toBe(201);
    expect((await api.ask(bruno, 'POST /structures', town)).status).toBe(202);
    expect((await move('operator', town.identifier, { account: bruno.account })).status).toBe(204);
    expect(await roleOf(bruno, town.identifier)).toBe('primary');
  });
});
