import { jest } from '@jest/globals';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { startIdentityProvider, type TestIdentityProvider } from '../testing/identity-provider.js';
import { PASSWORD, signedInPerson } from '../testing/people.js';

// The provider tells whoever runs it that it is one of a test.
jest.spyOn(console, 'warn').mockImplementation(() => undefined);
jest.spyOn(console, 'info').mockImplementation(() => undefined);

describe('signing in with an identity provider', () => {
  let provider: TestIdentityProvider;
  let api: OwnApi;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    api = await startOwnApi(provider.settings);
  });

  afterAll(async () => {
    await api.close();
    await provider.close();
    for (const name of Object.keys(provider.settings)) Reflect.deleteProperty(process.env, name);
  });

  async function begin(): Promise<{ location: string; cookie: string }> {
    const response = await fetch(`${api.url}/api/session/oidc`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^repons_sign_in=[\w-]{43}; .*Path=\/api\/session\/oidc; .*HttpOnly; SameSite=Lax$/);
    return { location: response.headers.get('location') ?? '', cookie: cookie.split(';')[0] ?? '' };
  }

  async function end(back: URL, cookie: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${api.url}${back.pathname}${back.search}`, { headers: { cookie } });
    expect(response.headers.get('cache-control')).toBe('no-store');
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async function signInAs(email: string, verified = true): Promise<{ status: number; body: Record<string, unknown> }> {
    provider.person = { email, verified };
    const { location, cookie } = await begin();
    return end(await provider.visit(location), cookie);
  }

  async function stateOf(token: unknown): Promise<unknown> {
    const response = await fetch(`${api.url}/api/account`, { headers: { authorization: `Bearer ${String(token)}` } });
    return ((await response.json()) as { state?: string }).state;
  }

  async function post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${api.keys.operator}` };
    const response = await fetch(`${api.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }

  it('R01 opens a session for the account of the address that the provider vouches for', async () => {
    const { account, login } = await signedInPerson(api);
    const { status, body } = await signInAs(login.toUpperCase());
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { account, token: expect.stringMatching(/^ses_/) as string },
    });
    expect(await stateOf(body.token)).toBe('active');
  });

  it('R01 asks by code, with PKCE, state and nonce', async () => {
    const { location } = await begin();
    expect(Object.fromEntries(new URL(location).searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
  });

  it('R01 activates an account that waits, and its password, which nobody vouches for, is of no use', async () => {
    const login = 'attend@mairie.example';
    await post('/api/accounts', { login, firstName: 'A', lastName: 'B', password: PASSWORD });
    const { status, body } = await signInAs(login);
    expect(status).toBe(200);
    expect(await stateOf(body.token)).toBe('active');
    expect(await post('/api/session', { login, password: PASSWORD })).toMatchObject({
      status: 401,
      body: { code: 'AUTH-004' },
    });
  });

  it('R01 AUTH-006 refuses a deactivated account', async () => {
    const { account, login } = await signedInPerson(api);
    await post(`/api/accounts/${account}/deactivate`, {});
    expect(await signInAs(login)).toMatchObject({ status: 403, body: { code: 'AUTH-006' } });
  });

  it('R01 AUTH-011 tells whoever has no account to create one', async () => {
    expect(await signInAs('inconnue@mairie.example')).toMatchObject({
      status: 403,
      body: { code: 'AUTH-011', detail: expect.stringContaining('Créez') as string },
    });
  });

  it('R01 AUTH-010 does not believe an address that the provider has not verified', async () => {
    const { login } = await signedInPerson(api);
    expect(await signInAs(login, false)).toMatchObject({ status: 403, body: { code: 'AUTH-010' } });
  });

  it('R01 AUTH-009 lets nobody in whom the provider refuses', async () => {
    provider.person = null;
    const { location, cookie } = await begin();
    const back = await provider.visit(location);
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(await end(back, cookie)).toMatchObject({ status: 401, body: { code: 'AUTH-009' } });
  });

  it('R01 AUTH-009 a code that the provider did not give is refused', async () => {
    const { login } = await signedInPerson(api);
    provider.person = { email: login, verified: true };
    const { location, cookie } = await begin();
    const back = await provider.visit(location);
    back.searchParams.set('code', 'x'.repeat(43));
    expect(await end(back, cookie)).toMatchObject({ status: 401, body: { code: 'AUTH-009' } });
  });

  it('R01 AUTH-008 an answer counts once, in the browser that asked, and for ten minutes', async () => {
    const { login } = await signedInPerson(api);
    provider.person = { email: login, verified: true };
    const [mine, other] = [await begin(), await begin()];
    const back = await provider.visit(mine.location);
    for (const cookie of ['', other.cookie])
      expect(await end(back, cookie)).toMatchObject({ status: 401, body: { code: 'AUTH-008' } });
    expect((await end(back, mine.cookie)).status).toBe(200);
    expect(await end(back, mine.cookie)).toMatchObject({ status: 401, body: { code: 'AUTH-008' } });
    const late = await provider.visit(other.location);
    await api.store.pool.query(`UPDATE identity.provider_sign_ins SET expires_at = now() - interval '1 second'`);
    expect(await end(late, other.cookie)).toMatchObject({ status: 401, body: { code: 'AUTH-008' } });
  });
});

describe('signing in where there is no identity provider', () => {
  let api: OwnApi;

  afterEach(() => api.close());

  it('R01 AUTH-012 says that there is none', async () => {
    api = await startOwnApi();
    for (const path of ['oidc', 'oidc/callback?code=x&state=y']) {
      const response = await fetch(`${api.url}/api/session/${path}`, { redirect: 'manual' });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'AUTH-012' });
    }
  });

  it('R01 AUTH-007 says that it does not answer, and asks it again the next time', async () => {
    const gone = await startIdentityProvider();
    await gone.close();
    api = await startOwnApi(gone.settings);
    for (const name of Object.keys(gone.settings)) Reflect.deleteProperty(process.env, name);
    for (let time = 0; time < 2; time += 1) {
      const response = await fetch(`${api.url}/api/session/oidc`, { redirect: 'manual' });
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({ code: 'AUTH-007' });
    }
  });
});
