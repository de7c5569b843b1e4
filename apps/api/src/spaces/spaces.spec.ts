import { Decisions } from '#application';
import { accept, structureStream } from '#domain';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { ask, type Answer } from '../testing/ask.js';
import { managedStructure } from '../testing/managed-structure.js';
import { signedInPerson, type SignedInPerson } from '../testing/people.js';

const PLACE = '13002526500013';
const COMPANY = '55208131766522';
const NEW_PLACE = '13002526500021';

describe('spaces and subscriptions', () => {
  let api: OwnApi;
  let primary: SignedInPerson;
  let secondary: SignedInPerson;
  let user: SignedInPerson;
  let other: SignedInPerson;
  let stranger: SignedInPerson;

  beforeAll(async () => {
    api = await startOwnApi();
    primary = await signedInPerson(api, { firstName: 'Paule', lastName: 'Première' });
    secondary = await signedInPerson(api, { firstName: 'Simon', lastName: 'Second' });
    user = await signedInPerson(api);
    other = await signedInPerson(api);
    stranger = await signedInPerson(api);
    const people = {
      primary: primary.account,
      secondaries: [secondary.account],
      users: [user.account, other.account],
    };
    await managedStructure(api, PLACE, people);
    await managedStructure(api, COMPANY, people, false);
    await api.project();
  });

  afterAll(() => api.close());

  const as = (person: SignedInPerson, method: string, path: string, body?: object): Promise<Answer> =>
    ask(api, person.token, method, path, body);
  const open = (person: SignedInPerson, space: string, query = '', structure = PLACE): Promise<Answer> =>
    as(person, 'PUT', `/api/structures/${structure}/spaces/${space}${query}`);
  const subscribe = (
    person: SignedInPerson,
    space: string,
    right: string,
    rest = {},
    structure = PLACE,
  ): Promise<Answer> => as(person, 'POST', `/api/structures/${structure}/subscriptions`, { space, right, ...rest });
  const judge = (
    person: SignedInPerson,
    whose: SignedInPerson,
    space: string,
    verdict: string,
    body = {},
  ): Promise<Answer> =>
    as(person, 'POST', `/api/structures/${PLACE}/members/${whose.account}/subscriptions/${space}/${verdict}`, body);
  const rightsOf = async (person: SignedInPerson, structure = PLACE): Promise<unknown> =>
    (await as(person, 'GET', `/api/structures/${structure}/members/${person.account}/rights`)).body.rights;
  const everyones = [
    { space: 'ISSUED_SUPPORT_REQUESTS', service: null, right: 'modification' },
    { space: 'RECEIVED_SUPPORT_REQUESTS', service: null, right: 'modification' },
  ];

  it('R08 a manager opens a space, a user asks for it, another manager validates it', async () => {
    expect(await subscribe(user, 'WORKS_INVOICES', 'modification')).toMatchObject({
      status: 409,
      body: { code: 'ABO-002' },
    });
    expect((await open(primary, 'WORKS_INVOICES')).status).toBe(204);
    expect((await open(primary, 'WORKS_INVOICES')).status).toBe(204);
    expect(await subscribe(user, 'WORKS_INVOICES', 'modification')).toEqual({
      status: 200,
      body: { status: 'requested' },
    });
    expect(await subscribe(user, 'WORKS_INVOICES', 'consultation')).toMatchObject({
      status: 409,
      body: { code: 'ABO-006' },
    });
    expect(await rightsOf(user)).toEqual(everyones);
    await api.project();
    const requests = await as(secondary, 'GET', '/api/subscription-requests');
    expect(requests).toMatchObject({
      status: 200,
      body: {
        total: 1,
        next: null,
        items: [
          {
            structure: PLACE,
            structureName: `Structure ${PLACE}`,
            account: user.account,
            firstName: 'Claire',
            lastName: 'Martin',
            space: 'WORKS_INVOICES',
            service: null,
            right: 'modification',
          },
        ],
      },
    });
    expect((await judge(secondary, user, 'WORKS_INVOICES', 'validate')).status).toBe(204);
    expect(await rightsOf(user)).toEqual([
      { space: 'WORKS_INVOICES', service: null, right: 'modification' },
      ...everyones,
    ]);
    await api.project();
    expect((await as(primary, 'GET', '/api/subscription-requests')).body).toEqual({ items: [], total: 0, next: null });
    expect(await judge(primary, user, 'WORKS_INVOICES', 'refuse', { reason: 'Non' })).toMatchObject({
      status: 409,
      body: { code: 'ABO-008', detail: 'La demande a déjà été validée par Simon Second.' },
    });
  });

  it('R08 closed, it gives no right; opened again, everybody has back what they had', async () => {
    const path = `/api/structures/${PLACE}/spaces/WORKS_INVOICES`;
    const had = await rightsOf(user);
    expect((await as(primary, 'DELETE', path)).status).toBe(204);
    expect(await rightsOf(user)).toEqual(everyones);
    await api.project();
    const { body } = await as(user, 'GET', '/api/account/subscriptions');
    expect(body).toMatchObject({ total: 1, items: [{ structure: PLACE, space: 'WORKS_INVOICES', open: false }] });
    expect((await as(primary, 'PUT', path)).status).toBe(204);
    expect(await rightsOf(user)).toEqual(had);
  });

  it('R08 R09 "Factures émises" is added and removed freely, by somebody of a company too', async () => {
    expect(await subscribe(user, 'ISSUED_INVOICES', 'modification', {}, COMPANY)).toMatchObject({
      body: { status: 'active' },
    });
    expect(await rightsOf(user, COMPANY)).toContainEqual({
      space: 'ISSUED_INVOICES',
      service: null,
      right: 'modification',
    });
    const away = await as(user, 'DELETE', `/api/structures/${COMPANY}/subscriptions?space=ISSUED_INVOICES`);
    expect(away.status).toBe(204);
    expect(await rightsOf(user, COMPANY)).toEqual(everyones);
  });

  it('R08 two managers judge one request at the same instant: one wins, the other learns who did', async () => {
    await open(primary, 'JUSTICE_FEES');
    let conflicts = 0;
    for (const round of [1, 2, 3, 4, 5]) {
      expect(await subscribe(other, 'JUSTICE_FEES', round % 2 === 0 ? 'consultation' : 'modification')).toMatchObject({
        body: { status: 'requested' },
      });
      const answers = await Promise.all([
        judge(primary, other, 'JUSTICE_FEES', 'validate'),
        judge(secondary, other, 'JUSTICE_FEES', 'refuse', { reason: 'Pas votre service' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
      const validated = answers[0].status === 204;
      const lost = answers[validated ? 1 : 0];
      expect(lost.body.detail).toBe(
        validated
          ? 'La demande a déjà été validée par Paule Première.'
          : 'La demande a déjà été refusée par Simon Second.',
      );
      conflicts += 1;
      const rights = JSON.stringify(await rightsOf(other));
      expect(rights.includes('JUSTICE_FEES')).toBe(validated);
      await as(other, 'DELETE', `/api/structures/${PLACE}/subscriptions?space=JUSTICE_FEES`);
    }
    expect(conflicts).toBe(5);
  });

  it('R08 a user cannot validate their own request, nor see or judge those of others', async () => {
    await subscribe(user, 'JUSTICE_FEES', 'modification');
    expect(await judge(user, user, 'JUSTICE_FEES', 'validate')).toMatchObject({
      status: 403,
      body: { code: 'AUTH-003' },
    });
    expect(await judge(stranger, user, 'JUSTICE_FEES', 'validate')).toMatchObject({
      status: 404,
      body: { code: 'STR-404' },
    });
    await api.project();
    for (const person of [user, stranger])
      expect((await as(person, 'GET', '/api/subscription-requests')).body).toMatchObject({ total: 0 });
    expect((await as(user, 'GET', `/api/structures/${PLACE}/members/${other.account}/rights`)).status).toBe(403);
    expect((await as(primary, 'GET', `/api/structures/${PLACE}/members/${other.account}/rights`)).status).toBe(200);
    expect((await judge(primary, user, 'JUSTICE_FEES', 'refuse')).status).toBe(204);
  });

  it('R08 a manager gives a subscription without request, and takes it back', async () => {
    const path = `/api/structures/${PLACE}/members/${other.account}/subscriptions/JUSTICE_FEES`;
    expect((await as(secondary, 'PUT', path, { right: 'modification' })).status).toBe(204);
    expect(await rightsOf(other)).toContainEqual({ space: 'JUSTICE_FEES', service: null, right: 'modification' });
    expect((await as(secondary, 'DELETE', path)).status).toBe(204);
    expect(await rightsOf(other)).toEqual(everyones);
    expect((await as(user, 'PUT', path, { right: 'modification' })).status).toBe(403);
  });

  it('R11 a space on a service: for who is enabled there, and there alone', async () => {
    const service = 'COMPTA';
    await as(primary, 'PUT', `/api/structures/${PLACE}/services/${service}`, { name: 'Comptabilité' });
    await open(primary, 'ENERGY_TAX_REFUNDS', `?service=${service}`);
    expect(await subscribe(user, 'ENERGY_TAX_REFUNDS', 'consultation', { service })).toMatchObject({
      status: 409,
      body: { code: 'ABO-004' },
    });
    await as(primary, 'PUT', `/api/structures/${PLACE}/services/${service}/users/${user.account}`);
    expect((await subscribe(user, 'ENERGY_TAX_REFUNDS', 'consultation', { service })).body).toEqual({
      status: 'requested',
    });
    expect((await judge(primary, user, 'ENERGY_TAX_REFUNDS', 'validate', { service })).status).toBe(204);
    expect(await rightsOf(user)).toContainEqual({ space: 'ENERGY_TAX_REFUNDS', service, right: 'consultation' });
    await as(primary, 'DELETE', `/api/structures/${PLACE}/services/${service}/users/${user.account}`);
    expect(JSON.stringify(await rightsOf(user))).not.toContain('ENERGY_TAX_REFUNDS');
  });

  it('R08 lists the catalogue, and what is open by pages', async () => {
    const catalogue = (await as(stranger, 'GET', '/api/spaces')).body as unknown as { code: string }[];
    expect(catalogue.map(({ code }) => code)).toContain('RECEIVED_INVOICES');
    const pages: unknown[] = [];
    let after: string | null = '';
    while (after !== null) {
      const query: string = after === '' ? '' : `&after=${after}`;
      const { body } = await as(user, 'GET', `/api/structures/${PLACE}/spaces?limit=2${query}`);
      pages.push(
        ...(body.items as { space: string; service: string | null }[]).map(
          (one) => `${one.space} ${one.service ?? '-'}`,
        ),
      );
      expect(body.total).toBe(7);
      after = body.next as string | null;
    }
    expect(pages).toEqual([
      'ISSUED_INVOICES -',
      'WORKS_INVOICES -',
      'JUSTICE_FEES -',
      'ISSUED_SUPPORT_REQUESTS -',
      'RECEIVED_SUPPORT_REQUESTS -',
      'MANAGER_ACTIVITIES -',
      'ENERGY_TAX_REFUNDS COMPTA',
    ]);
    expect((await as(stranger, 'GET', `/api/structures/${PLACE}/spaces`)).status).toBe(404);
  });

  it('R08 lists one’s subscriptions and the requests to judge by pages, each once', async () => {
    for (const space of ['ISSUED_INVOICES', 'WORKS_INVOICES', 'JUSTICE_FEES'])
      await subscribe(other, space, 'consultation');
    await api.project();
    for (const [person, path] of [
      [other, '/api/account/subscriptions'],
      [primary, '/api/subscription-requests'],
    ] as const) {
      const all = (await as(person, 'GET', path)).body.items as object[];
      const paged: object[] = [];
      for (let after: string | null = ''; after !== null;) {
        const query: string = after === '' ? '' : `&after=${after}`;
        const { body } = await as(person, 'GET', `${path}?limit=1${query}`);
        paged.push(...(body.items as object[]));
        after = body.next as string | null;
      }
      expect(paged).toEqual(all);
      expect(all.length).toBeGreaterThan(1);
    }
  });

  it.each([
    '/api/subscription-requests?after=bm90',
    '/api/subscription-requests?after=WyJ4IiwiYSIsImIiLCJjIiwiZCJd',
    '/api/account/subscriptions?limit=0',
    '/api/account/subscriptions?limit=x',
    `/api/structures/${PLACE}/spaces?after=W10`,
    `/api/structures/${PLACE}/members/not-a-uuid/rights`,
  ])('R08 refuses %s as not what the route expects', async (path) => {
    expect(await as(user, 'GET', path)).toMatchObject({ status: 400, body: { code: 'SRV-400' } });
  });

  it('R08 refuses a space that there is not, and takes an account in capital letters for what it is', async () => {
    expect((await open(primary, 'NO_SUCH_SPACE')).status).toBe(400);
    expect((await subscribe(user, 'NO_SUCH_SPACE', 'consultation')).status).toBe(400);
    const path = `/api/structures/${PLACE}/members/${user.account.toUpperCase()}/rights`;
    expect((await as(user, 'GET', path)).body).toMatchObject({ account: user.account, role: 'simple' });
  });

  it('R09 machines have no business here, and operators judge as support', async () => {
    for (const key of [api.keys.own, api.keys.other])
      for (const path of ['/api/subscription-requests', `/api/structures/${PLACE}/spaces`])
        expect((await ask(api, key, 'GET', path)).status).toBe(403);
    expect((await ask(api, api.keys.operator, 'GET', '/api/subscription-requests')).body.total).toBe(2);
    const path = `/api/structures/${PLACE}/members/${other.account}/subscriptions/WORKS_INVOICES/refuse`;
    expect((await ask(api, api.keys.operator, 'POST', path, {})).status).toBe(204);
    expect((await judge(primary, other, 'WORKS_INVOICES', 'validate')).body.detail).toBe(
      'La demande a déjà été refusée par le support.',
    );
  });

  it('R16 after a change of SIRET the rights are those of the new structure, and the old one names it', async () => {
    const before = await rightsOf(other);
    await api.app.get(Decisions).decide({ kind: 'operator' }, async (session) => {
      await session.record(
        structureStream(PLACE),
        accept({ type: 'StructureDeactivated', data: { successor: NEW_PLACE } }),
      );
      await session.record(
        structureStream(NEW_PLACE),
        accept({ type: 'StructureDuplicated', data: { identifier: NEW_PLACE, origins: [PLACE], by: 'operator' } }),
      );
    });
    expect(await rightsOf(other, NEW_PLACE)).toEqual(before);
    for (const answer of [
      await open(primary, 'CONNECTIONS'),
      await subscribe(other, 'WORKS_INVOICES', 'modification'),
      await judge(primary, other, 'JUSTICE_FEES', 'validate'),
    ])
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'STR-003', detail: expect.stringContaining(NEW_PLACE) as string },
      });
    await api.project();
    const { body } = await as(primary, 'GET', '/api/subscription-requests');
    expect(body).toMatchObject({ total: 1, items: [{ structure: NEW_PLACE, space: 'JUSTICE_FEES' }] });
    const path = `/api/structures/${NEW_PLACE}/members/${other.account}/subscriptions/JUSTICE_FEES/validate`;
    expect((await as(primary, 'POST', path, {})).status).toBe(204);
  });
});
