import { ComeBackLater, IdentityLinks, LOGGER, PasswordHasher, type Logger } from '#application';
import { jest } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AddressInfo } from 'node:net';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { createApi } from '../create-api.js';
import { PASSWORD, signedInPerson } from '../testing/people.js';

const CANARIES = ['canari-du-mot-de-passe', 'canari-du-nouveau-mot', 'canari-du-troisieme-mot'] as const;

describe('secrets of people', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi({ TRUSTED_PROXIES: 'loopback' });
  });

  afterAll(async () => {
    await api.close();
    Reflect.deleteProperty(process.env, 'TRUSTED_PROXIES');
  });

  function call(
    url: string,
    method: string,
    path: string,
    { body, token, from }: { body?: object; token?: string; from?: string } = {},
  ): Promise<Response> {
    return fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(from === undefined ? {} : { 'x-forwarded-for': from }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  const signIn = (login: string, password: string, from: string, url = api.url) =>
    call(url, 'POST', '/api/session', { body: { login, password }, from });

  /** Every row of every table of the database, as text. */
  async function everyRow(): Promise<{ table: string; row: string }[]> {
    const { rows: tables } = await api.store.pool.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const rows = [];
    for (const { name } of tables) {
      const result = await api.store.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      rows.push(...result.rows.map(({ row }) => ({ table: name, row })));
    }
    return rows;
  }

  it('R01 no password, link or session stands in the log, in a job or in any other table, nor in what is logged', async () => {
    const logger = api.app.get<Logger>(LOGGER);
    const said = (['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const).map((level) =>
      jest.spyOn(logger, level),
    );
    const links = api.app.get(IdentityLinks);
    const login = 'canari.adresse@mairie.example';
    const [first, second, third] = CANARIES;
    const person = { login, firstName: 'Prénom-Canari', lastName: 'Nom-Canari', password: first };
    const { account } = (await (await call(api.url, 'POST', '/api/accounts', { body: person })).json()) as {
      account: string;
    };
    const activation = await links.issue(account, 'activation');
    await call(api.url, 'POST', '/api/accounts/activation', { body: { token: activation.token } });
    const { token } = (await (await signIn(login, first, '192.0.2.1')).json()) as { token: string };
    const change = { current: first, password: second };
    expect((await call(api.url, 'PUT', '/api/account/password', { token, body: change })).status).toBe(204);
    await call(api.url, 'POST', '/api/accounts/password/forgotten', { body: { login } });
    const reset = await links.issue(account, 'password-reset');
    const byLink = { token: reset.token, password: third };
    expect((await call(api.url, 'POST', '/api/accounts/password/reset', { body: byLink })).status).toBe(204);
    expect((await signIn(login, `${third}-faux`, '192.0.2.1')).status).toBe(401);
    const kept = (await (await signIn(login, third, '192.0.2.1')).json()) as { token: string };

    const rows = await everyRow();
    const ofAccount = rows.filter(({ row }) => row.includes(account)).map(({ table }) => table);
    for (const table of ['identity.credentials', 'identity.links', 'identity.sessions'])
      expect(ofAccount).toContain(table);
    expect(ofAccount.filter((table) => table.startsWith('es.'))).not.toEqual([]);
    const log = JSON.stringify(said.flatMap(({ mock }) => mock.calls));
    expect(log).toContain(account); // signing in is logged, by the account
    const secrets = [...CANARIES, activation.token, reset.token, token, token.slice(4), kept.token];
    for (const secret of secrets) {
      expect(rows.filter(({ row }) => row.includes(secret))).toEqual([]);
      expect(log).not.toContain(secret);
    }
    const personal = rows.filter(({ row }) => /canari\.adresse|Prénom-Canari|Nom-Canari/.test(row));
    expect(personal.filter(({ table }) => !table.startsWith('read.'))).toEqual([]);
    expect(log).not.toContain('canari.adresse');
    for (const spy of said) spy.mockRestore();
  });

  it('R01 wrong passwords block that address and no other, and say when to come back', async () => {
    const { login } = await signedInPerson(api);
    for (let time = 0; time < 10; time += 1)
      expect((await signIn(login, `pas-le-bon-mot-${time}`, '198.51.100.1')).status).toBe(401);
    const blocked = await signIn(login, PASSWORD, '198.51.100.1'); // the right one among many is of no use
    expect(blocked.status).toBe(429);
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await blocked.json()).toMatchObject({ code: 'AUTH-429' });
    expect((await signIn(login, PASSWORD, '198.51.100.2')).status).toBe(201);
  });

  it('R01 the answer to a wrong password and to an unknown login are the same, and both are verified', async () => {
    const { login } = await signedInPerson(api);
    const verify = jest.spyOn(api.app.get(PasswordHasher), 'verify');
    const answers = [];
    for (const tried of [login, 'inconnue@mairie.example']) {
      const response = await signIn(tried, 'pas-le-bon-mot', '198.51.100.3');
      answers.push([response.status, await response.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(verify).toHaveBeenCalledTimes(2);
    verify.mockRestore();
  });

  it('R01 says when to come back if too many sign in at once, and does not count the attempt', async () => {
    const { login } = await signedInPerson(api);
    const verify = jest.spyOn(api.app.get(PasswordHasher), 'verify');
    verify.mockRejectedValue(new ComeBackLater('busy', 2));
    for (let time = 0; time < 12; time += 1) {
      const response = await signIn(login, PASSWORD, '198.51.100.4');
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    }
    verify.mockRestore();
    expect((await signIn(login, PASSWORD, '198.51.100.4')).status).toBe(201);
  });

  describe('another start of the API on the same database', () => {
    const started: NestExpressApplication[] = [];

    async function start(): Promise<{ app: NestExpressApplication; url: string }> {
      const app = await createApi();
      started.push(app);
      await app.listen(0, '127.0.0.1');
      return { app, url: `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}` };
    }

    afterEach(async () => {
      for (const app of started.splice(0)) await app.close();
    });

    it('R01 a session survives the restart', async () => {
      const before = await start();
      const { token } = await signedInPerson({ ...api, app: before.app });
      expect((await call(before.url, 'GET', '/api/account', { token })).status).toBe(200);
      await before.app.close();
      started.pop();
      const { url } = await start();
      expect((await call(url, 'GET', '/api/account', { token })).status).toBe(200);
      expect((await call(url, 'DELETE', '/api/session', { token })).status).toBe(204);
      expect((await call(url, 'GET', '/api/account', { token })).status).toBe(401);
    });

    it('R01 what a proxy says that is not trusted does not count: nobody changes address by a header', async () => {
      Reflect.deleteProperty(process.env, 'TRUSTED_PROXIES');
      const { url } = await start();
      const { login } = await signedInPerson(api);
      for (let time = 0; time < 10; time += 1) await signIn(login, 'pas-le-bon-mot', `203.0.113.${time}`, url);
      expect((await signIn(login, 'pas-le-bon-mot', '203.0.113.99', url)).status).toBe(429);
    });
  });
});
