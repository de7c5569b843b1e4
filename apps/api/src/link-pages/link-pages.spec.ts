import { IdentityLinks } from '#application';
import { CommandBus } from '@nestjs/cqrs';
import { runInNewContext } from 'node:vm';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { CreateAccount } from '../accounts/create-account.js';
import { PASSWORD } from '../testing/people.js';
import { LINK_PAGES } from './link-pages.js';

describe('the pages that links of mails open', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi();
  });

  afterAll(() => api.close());

  /** Runs the page's own script as a browser would, with the few things of a page that it touches. */
  async function submit(page: string, token: string, password?: string) {
    const [markup, script] = await Promise.all(
      [page, 'link-page.js'].map(async (path) => (await fetch(`${api.url}/${path}`)).text()),
    );
    const attribute = (name: string) => new RegExp(`data-${name}="([^"]*)"`).exec(markup ?? '')?.[1] ?? '';
    const status = { textContent: '' };
    let send: (event: { preventDefault(): void }) => Promise<void> = () => Promise.reject(new Error('no listener'));
    const form = {
      hidden: false,
      dataset: { target: attribute('target'), done: attribute('done') },
      addEventListener: (_: string, listener: typeof send) => (send = listener),
      querySelector: (selector: string) => {
        if (selector === 'button') return { disabled: false };
        return markup?.includes('type="password"') === true ? { value: password } : null;
      },
    };
    runInNewContext(script ?? '', {
      document: { querySelector: (selector: string) => (selector === 'form' ? form : status) },
      location: { hash: `#${token}`, pathname: `/${page}` },
      history: { replaceState: () => undefined },
      fetch: (path: string, options: RequestInit) => fetch(`${api.url}${path}`, options),
      JSON,
    });
    await send({ preventDefault: () => undefined });
    return { said: status.textContent, done: form.hidden };
  }

  it('R01 activates the account, once', async () => {
    const person = {
      login: 'lien@exemple.test',
      contactAddress: null,
      firstName: 'A',
      lastName: 'B',
      password: PASSWORD,
    };
    const { account } = await api.app.get(CommandBus).execute(new CreateAccount(person, '10.9.9.9'));
    const { token } = await api.app.get(IdentityLinks).issue(account, 'activation');
    expect(await submit('activation', token)).toEqual({ said: LINK_PAGES.activation.done, done: true });
    const again = await submit('activation', token);
    expect(again.done).toBe(false);
    expect(again.said).toMatch(/lien/i);

    const reset = await api.app.get(IdentityLinks).issue(account, 'password-reset');
    expect((await submit('new-password', reset.token, 'court')).done).toBe(false);
    const changed = await submit('new-password', reset.token, 'quatre moulins au bord de l’eau');
    expect(changed).toEqual({ said: LINK_PAGES['new-password'].done, done: true });
  });

  it.each(Object.keys(LINK_PAGES))(
    'R01 /%s runs its own script alone, tells nobody where it was opened, is not kept',
    async (page) => {
      const response = await fetch(`${api.url}/${page}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).toContain('<html lang="fr">');
    },
  );
});
