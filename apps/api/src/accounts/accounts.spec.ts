import { IdentityLinks } from '#application';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { PASSWORD, signedInPerson, type SignedInPerson } from '../testing/people.js';

const NEW_PASSWORD = 'quatre vaches sous la pluie';

describe('accounts', () => {
  let api: OwnApi;
  let links: IdentityLinks;
  let sequence = 0;

  beforeAll(async () => {
    api = await startOwnApi();
    links = api.app.get(IdentityLinks);
  });

  afterAll(() => api.close());

  async function call(
    method: string,
    path: string,
    { body, token }: { body?: object; token?: string } = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${api.url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }

  const nextLogin = (): string => `compte.${(sequence += 1)}@mairie.example`;

  async function created(login = nextLogin()): Promise<{ login: string; account: string }> {
    const person = { login, firstName: 'Claire', lastName: 'Martin', password: PASSWORD };
    const { status, body } = await call('POST', '/api/accounts', { body: person });
    expect(status).toBe(201);
    return { login, account: body.account as string };
  }

  const signIn = (login: string, password = PASSWORD) => call('POST', '/api/session', { body: { login, password } });
  const ownAccount = ({ token }: { token: string }) => call('GET', '/api/account', { token });
  const operator = (method: string, path: string, body?: object) =>
    call(method, path, { token: api.keys.operator, ...(body === undefined ? {} : { body }) });

  it('R01 a person creates an account, activates it by the link, signs in and sees it', async () => {
    const { login, account } = await created('Claire.Martin@Mairie.example');
    expect(await signIn(login)).toMatchObject({ status: 403, body: { code: 'AUTH-005' } });
    const { token: link } = await links.issue(account, 'activation');
    expect((await call('POST', '/api/accounts/activation', { body: { token: link } })).status).toBe(204);
    const { status, body } = await signIn('claire.martin@mairie.EXAMPLE');
    expect(status).toBe(201);
    expect(body).toEqual({
      account,
      token: expect.stringMatching(/^ses_[\w-]{43}$/) as string,
      expiresAt: expect.any(String) as string,
    });
    expect((await ownAccount({ token: body.token as string })).body).toEqual({
      account,
      login,
      contactAddress: login,
      firstName: 'Claire',
      lastName: 'Martin',
      state: 'active',
      notifications: true,
      pigp: false,
    });
  });

  it('R01 COM-001 a login is one person’s, whatever the case of its letters', async () => {
    const { login } = await created();
    const second = { login: login.toUpperCase(), firstName: 'A', lastName: 'B', password: PASSWORD };
    expect(await call('POST', '/api/accounts', { body: second })).toMatchObject({
      status: 409,
      body: { code: 'COM-001', detail: expect.stringContaining('lien d’activation') as string },
    });
  });

  it('R01 of twenty who create an account with one login at the same instant, one succeeds', async () => {
    const login = nextLogin();
    const person = { login, firstName: 'Claire', lastName: 'Martin', password: PASSWORD };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call('POST', '/api/accounts', { body: person })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status !== 201)).toEqual(Array.from({ length: 19 }, () => 409));
    const winner = answers.find(({ status }) => status === 201)?.body.account;
    const { items } = (await operator('GET', `/api/accounts?login=${login}`)).body as { items: { account: string }[] };
    expect(items.map(({ account }) => account)).toEqual([winner]);
    const { rows } = await api.store.pool.query<{ account: string }>(
      'SELECT account FROM identity.credentials WHERE account = $1 OR account NOT IN (SELECT substr(stream_id, 9) FROM es.events)',
      [winner],
    );
    expect(rows).toEqual([{ account: winner }]); // the others’ passwords are forgotten
  });

  it.each([
    { login: 'pas une adresse' },
    { login: undefined },
    { contactAddress: 'pas une adresse' },
    { firstName: '' },
    { lastName: 'Mar\ntin' },
    { password: 12 },
    { password: 'x'.repeat(201) },
    { state: 'active' },
  ])('R01 refuses an account with %j', async (fault) => {
    const person = { login: nextLogin(), firstName: 'Claire', lastName: 'Martin', password: PASSWORD, ...fault };
    expect(await call('POST', '/api/accounts', { body: person })).toMatchObject({
      status: 400,
      body: { code: 'SRV-400' },
    });
  });

  it.each([
    ['COM-002', 'trop court'],
    ['COM-003', 'motdepasse2026'],
    ['COM-004', 'j’aime mairie.adjointe'],
  ])('R01 %s refuses the password « %s », and the login stays free', async (code, password) => {
    const person = { login: `mairie.adjointe@${code}.example`, firstName: 'A', lastName: 'B', password };
    expect(await call('POST', '/api/accounts', { body: person })).toMatchObject({ status: 409, body: { code } });
    expect(await call('POST', '/api/accounts', { body: { ...person, password: PASSWORD } })).toMatchObject({
      status: 201,
    });
  });

  describe('links', () => {
    const activate = (token: string) => call('POST', '/api/accounts/activation', { body: { token } });

    it('R01 COM-008 a link is used once, by one of those who use it at the same instant', async () => {
      const { account } = await created();
      const { token } = await links.issue(account, 'activation');
      const statuses = (await Promise.all(Array.from({ length: 8 }, () => activate(token)))).map(
        ({ status }) => status,
      );
      expect(statuses.sort()).toEqual([204, ...Array.from({ length: 7 }, () => 409)]);
      expect(await activate(token)).toMatchObject({ status: 409, body: { code: 'COM-008' } });
    });

    it('R01 COM-008 a new link replaces the older one, and a link has one purpose', async () => {
      const { account } = await created();
      const older = await links.issue(account, 'activation');
      const newer = await links.issue(account, 'activation');
      const reset = await links.issue(account, 'password-reset');
      for (const { token } of [older, reset]) expect(await activate(token)).toMatchObject({ status: 409 });
      expect((await activate(newer.token)).status).toBe(204);
      expect((await activate('x'.repeat(43))).body).toMatchObject({ code: 'COM-008' });
      expect((await activate('court')).status).toBe(400);
    });

    it('R01 a deactivated account is not activated, and the link is not lost', async () => {
      const { account } = await created();
      const { token } = await links.issue(account, 'activation');
      expect((await operator('POST', `/api/accounts/${account}/deactivate`)).status).toBe(204);
      expect(await activate(token)).toMatchObject({ status: 409, body: { code: 'COM-005' } });
      expect((await operator('POST', `/api/accounts/${account}/reactivate`)).status).toBe(204);
      expect((await activate(token)).status).toBe(204);
    });

    it('R01 the activation link is asked for again without support, and nothing tells whether there is an account', async () => {
      const { login, account } = await created();
      const { login: active } = await signedInPerson(api);
      for (const asked of [login, active, 'personne@nulle.part.example'])
        expect(await call('POST', '/api/accounts/activation/resend', { body: { login: asked } })).toEqual({
          status: 202,
          body: {},
        });
      expect(await eventTypes(account)).toEqual(['AccountCreated', 'ActivationRequested']);
    });

    it('R01 nobody’s box is filled: five mails an hour, and the answer stays the same', async () => {
      const { login, account } = await created();
      for (let time = 0; time < 7; time += 1)
        expect((await call('POST', '/api/accounts/activation/resend', { body: { login } })).status).toBe(202);
      expect((await eventTypes(account)).filter((type) => type === 'ActivationRequested')).toHaveLength(5);
    });
  });

  async function eventTypes(account: string): Promise<string[]> {
    const types: string[] = [];
    for await (const { type } of api.store.readStream(`account-${account}`)) types.push(type);
    return types;
  }

  describe('passwords', () => {
    it('R01 a forgotten password is replaced by the link, and every session ends', async () => {
      const person = await signedInPerson(api);
      const forgotten = await call('POST', '/api/accounts/password/forgotten', { body: { login: person.login } });
      expect(forgotten).toEqual({ status: 202, body: {} });
      expect(await eventTypes(person.account)).toContain('PasswordResetRequested');
      const { token } = await links.issue(person.account, 'password-reset');
      const reset = (password: string) => call('POST', '/api/accounts/password/reset', { body: { token, password } });
      expect(await reset('trop court')).toMatchObject({ status: 409, body: { code: 'COM-002' } });
      expect((await ownAccount(person)).status).toBe(200); // a refused one changes nothing
      expect((await reset(NEW_PASSWORD)).status).toBe(204);
      expect(await reset(NEW_PASSWORD)).toMatchObject({ status: 409, body: { code: 'COM-008' } });
      expect((await ownAccount(person)).status).toBe(401);
      expect(await signIn(person.login)).toMatchObject({ status: 401, body: { code: 'AUTH-004' } });
      expect((await signIn(person.login, NEW_PASSWORD)).status).toBe(201);
    });

    it('R01 a forgotten password of an account that waits for its activation activates it', async () => {
      const { login, account } = await created();
      const { token } = await links.issue(account, 'password-reset');
      await call('POST', '/api/accounts/password/reset', { body: { token, password: NEW_PASSWORD } });
      expect((await signIn(login, NEW_PASSWORD)).status).toBe(201);
    });

    it('R01 a person changes the password by the one in force, and every session ends', async () => {
      const person = await signedInPerson(api);
      const change = (current: string, password: string) =>
        call('PUT', '/api/account/password', { token: person.token, body: { current, password } });
      expect(await change(NEW_PASSWORD, NEW_PASSWORD)).toMatchObject({ status: 409, body: { code: 'COM-009' } });
      expect(await change(PASSWORD, 'trop court')).toMatchObject({ status: 409, body: { code: 'COM-002' } });
      expect((await change(PASSWORD, NEW_PASSWORD)).status).toBe(204);
      expect((await ownAccount(person)).status).toBe(401);
      expect((await signIn(person.login, NEW_PASSWORD)).status).toBe(201);
    });
  });

  describe('sessions', () => {
    it('R01 a person signs out of one session and stays in the other', async () => {
      const person = await signedInPerson(api);
      const other = (await signIn(person.login)).body as { token: string };
      expect((await call('DELETE', '/api/session', { token: other.token })).status).toBe(204);
      expect((await ownAccount(other)).status).toBe(401);
      expect((await ownAccount(person)).status).toBe(200);
    });

    it('R01 a deactivated account is refused at once, and may come back', async () => {
      const person = await signedInPerson(api);
      await operator('POST', `/api/accounts/${person.account}/deactivate`);
      expect(await ownAccount(person)).toMatchObject({ status: 401, body: { code: 'AUTH-001' } });
      expect(await signIn(person.login)).toMatchObject({ status: 403, body: { code: 'AUTH-006' } });
      expect(await signIn(person.login, NEW_PASSWORD)).toMatchObject({ status: 401, body: { code: 'AUTH-004' } });
      await operator('POST', `/api/accounts/${person.account}/reactivate`);
      expect((await ownAccount(person)).status).toBe(401);
      expect((await signIn(person.login)).status).toBe(201);
    });

    it('R01 whoever is not signed in, or shows a session that never was, is told so', async () => {
      for (const token of [undefined, `ses_${'x'.repeat(43)}`, 'ses_'])
        expect(await call('GET', '/api/account', token === undefined ? {} : { token })).toMatchObject({
          status: 401,
          body: { code: 'AUTH-001' },
        });
      expect(await call('GET', '/api/account', { token: api.keys.own })).toMatchObject({
        status: 403,
        body: { code: 'AUTH-002' },
      });
    });
  });

  describe('one’s own settings', () => {
    let person: SignedInPerson;

    beforeAll(async () => {
      person = await signedInPerson(api);
    });

    it('R01 the contact address and the notifications change', async () => {
      const { token } = person;
      const contactAddress = 'comptabilite@mairie.example';
      expect((await call('PUT', '/api/account/contact-address', { token, body: { contactAddress } })).status).toBe(204);
      expect((await call('PUT', '/api/account/notifications', { token, body: { notifications: false } })).status).toBe(
        204,
      );
      expect((await ownAccount(person)).body).toMatchObject({
        login: person.login,
        contactAddress,
        notifications: false,
      });
    });

    it('R01 the login cannot be changed: no command takes one', async () => {
      const { token } = person;
      const login = 'autre@mairie.example';
      expect((await call('PUT', '/api/account/login', { token, body: { login } })).status).toBe(404);
      for (const path of ['contact-address', 'notifications', 'password'])
        expect((await call('PUT', `/api/account/${path}`, { token, body: { login } })).status).toBe(400);
      expect((await ownAccount(person)).body).toMatchObject({ login: person.login });
    });
  });

  describe('what operators do', () => {
    it('R06 say who has an account of the Portail internet de la gestion publique', async () => {
      const person = await signedInPerson(api);
      const pigp = (linked: boolean) => operator('PUT', `/api/accounts/${person.account}/pigp`, { linked });
      expect((await pigp(true)).status).toBe(204);
      expect((await ownAccount(person)).body).toMatchObject({ pigp: true });
      expect((await pigp(false)).status).toBe(204);
      expect((await ownAccount(person)).body).toMatchObject({ pigp: false });
    });

    it('R01 find an account by its login', async () => {
      const { login, account } = await created();
      expect((await operator('GET', `/api/accounts?login=${login}`)).body).toEqual({
        items: [expect.objectContaining({ account, login, state: 'pending' })],
        total: 1,
        next: null,
      });
      expect((await operator('GET', '/api/accounts?login=personne@nulle.part.example')).body).toEqual({
        items: [],
        total: 0,
        next: null,
      });
      expect((await operator('GET', '/api/accounts')).status).toBe(400);
    });

    it.each([
      ['PUT', 'pigp'],
      ['POST', 'deactivate'],
      ['POST', 'reactivate'],
    ])('R01 COM-404 %s %s of an account that is not there', async (method, path) => {
      const body = path === 'pigp' ? { linked: true } : undefined;
      expect(await operator(method, `/api/accounts/inconnu/${path}`, body)).toMatchObject({
        status: 404,
        body: { code: 'COM-404' },
      });
    });
  });
});
