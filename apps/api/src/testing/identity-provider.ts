import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A real OpenID provider on a port of this machine, at which whoever comes is the person that the test says. */
export interface TestIdentityProvider {
  readonly settings: Readonly<
    Record<'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET' | 'OIDC_REDIRECT_URL', string>
  >;
  /** Who signs in next; null refuses. */
  person: { readonly email: string; readonly verified: boolean } | null;
  /** Walks through the provider as a browser does. Returns the address that it sends the browser back to. */
  visit(location: string): Promise<URL>;
  close(): Promise<void>;
}

const CLIENT = { id: 'repons', secret: 'secret-du-client-repons' };

/** Where the provider sends people back to: nothing listens there, a test takes the address and goes to its own API. */
const REDIRECT_URL = 'http://127.0.0.1:9/api/session/oidc/callback';

/** Starts the provider. */
export async function startIdentityProvider(): Promise<TestIdentityProvider> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => {
    handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const self: TestIdentityProvider = {
    settings: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_REDIRECT_URL: REDIRECT_URL,
    },
    person: null,
    visit: (location) => visit(issuer, location),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [REDIRECT_URL],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['cle-des-temoins'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: self.person?.email, email_verified: self.person?.verified }),
    }),
    async loadExistingGrant(context) {
      const grant = new provider.Grant({ clientId: CLIENT.id, accountId: context.oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  handle = (request, response) => {
    const isInteraction = request.url?.startsWith('/interaction/') === true;
    const answer = self.person === null ? { error: 'access_denied' } : { login: { accountId: self.person.email } };
    void (isInteraction ? provider.interactionFinished(request, response, answer) : callback(request, response));
  };
  return self;
}

/** Follows redirections within the provider, with its cookies. */
async function visit(issuer: string, location: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let address = new URL(location);
  while (address.origin === issuer) {
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get('location');
    if (next === null)
      throw new Error(`The provider stopped at ${address.href}: ${response.status} ${await response.text()}`);
    address = new URL(next, address);
  }
  return address;
}
