import * as client from 'openid-client';
import type { Pool } from 'pg';
import { ConfigurationError, type Configuration } from '../configuration/configuration.js';
import type { Clock } from '../shared/clock.js';
import { newToken, tokenDigest } from './secret-token.js';

/** How the platform knows an identity provider, and is known to it. */
export interface IdentityProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends people back to. */
  readonly redirectUrl: string;
}

/** The sign-in with the provider did not succeed. */
export class ProviderSignInFailed extends Error {
  override readonly name = 'ProviderSignInFailed';

  /**
   * @param reason `unreachable`: the provider does not answer; `not-begun`: not begun here and in this browser, or too long
   * ago; `refused`: the provider did not confirm it; `unverified`: it does not vouch for an e-mail address
   */
  constructor(
    readonly reason: 'unreachable' | 'not-begun' | 'refused' | 'unverified',
    options?: ErrorOptions,
  ) {
    super(`Sign-in with the identity provider failed: ${reason}`, options);
  }
}

/** How long a person may take to sign in with the provider. */
export const PROVIDER_SIGN_IN_MS = 600_000;

/**
 * The identity provider of the settings, or null when there is none.
 *
 * @throws ConfigurationError when some of its settings are missing
 */
export function identityProviderSettings(configuration: Configuration): IdentityProviderSettings | null {
  const {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_REDIRECT_URL: redirectUrl,
  } = configuration;
  if ([issuer, clientId, clientSecret, redirectUrl].every((setting) => setting === undefined)) return null;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined || redirectUrl === undefined)
    throw new ConfigurationError(
      'Configuration refusée : OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET et OIDC_REDIRECT_URL vont ensemble.',
    );
  return { issuer, clientId, clientSecret, redirectUrl };
}

/**
 * Signs people in with an identity provider by OpenID Connect: authorization code, PKCE, state and nonce. What proves that
 * an answer belongs to a question stays here; the browser that asked holds a secret of its own, or somebody could be signed
 * in to another's account by a link.
 */
export class IdentityProvider {
  private discovered: Promise<client.Configuration> | null = null;

  constructor(
    private readonly settings: IdentityProviderSettings,
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  /** Whether the browser's secret travels by HTTPS alone. */
  get isSecure(): boolean {
    return new URL(this.settings.redirectUrl).protocol === 'https:';
  }

  /**
   * Begins a sign-in.
   *
   * @returns where to send the browser, and the secret that it must show when it comes back
   * @throws ProviderSignInFailed when the provider does not answer
   */
  async begin(): Promise<{ location: string; browser: string }> {
    const provider = await this.discover();
    const [state, nonce, codeVerifier, browser] = [newToken(), newToken(), client.randomPKCECodeVerifier(), newToken()];
    const now = this.clock.now();
    await this.pool.query('DELETE FROM identity.provider_sign_ins WHERE expires_at <= $1', [now]);
    await this.pool.query(
      `INSERT INTO identity.provider_sign_ins (state_digest, browser_digest, nonce, code_verifier, expires_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [tokenDigest(state), tokenDigest(browser), nonce, codeVerifier, new Date(now.getTime() + PROVIDER_SIGN_IN_MS)],
    );
    const location = client.buildAuthorizationUrl(provider, {
      redirect_uri: this.settings.redirectUrl,
      scope: 'openid email',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
    return { location: location.href, browser };
  }

  /**
   * Ends a sign-in; each can be ended once.
   *
   * @param query of the address that the provider sent the browser back to
   * @param browser secret that the browser showed, or null
   * @returns the e-mail address that the provider vouches for
   * @throws ProviderSignInFailed
   */
  async end(query: URLSearchParams, browser: string | null): Promise<string> {
    const state = query.get('state') ?? '';
    const { rows } = await this.pool.query<{ nonce: string; codeVerifier: string }>(
      `DELETE FROM identity.provider_sign_ins WHERE state_digest = $1 AND browser_digest = $2 AND expires_at > $3
       RETURNING nonce, code_verifier AS "codeVerifier"`,
      [tokenDigest(state), tokenDigest(browser ?? ''), this.clock.now()],
    );
    const begun = rows[0];
    if (begun === undefined) throw new ProviderSignInFailed('not-begun');
    const provider = await this.discover();
    const address = new URL(this.settings.redirectUrl);
    address.search = query.toString();
    try {
      const tokens = await client.authorizationCodeGrant(provider, address, {
        pkceCodeVerifier: begun.codeVerifier,
        expectedNonce: begun.nonce,
        expectedState: state,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new ProviderSignInFailed('refused');
      if (claims.email !== undefined) return verifiedAddress(claims.email, claims.email_verified);
      const person = await client.fetchUserInfo(provider, tokens.access_token, claims.sub);
      return verifiedAddress(person.email, person.email_verified);
    } catch (error) {
      if (error instanceof ProviderSignInFailed) throw error;
      throw new ProviderSignInFailed('refused', { cause: error });
    }
  }

  /** Learns what the provider offers, once; a failure is not remembered. */
  private async discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const address = new URL(issuer);
    // Without TLS on this very machine alone, where a test or a developer runs a provider.
    const isLocal = address.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(address.hostname);
    this.discovered ??= client.discovery(address, clientId, clientSecret, undefined, {
      execute: isLocal ? [client.allowInsecureRequests] : [],
    });
    try {
      return await this.discovered;
    } catch (error) {
      this.discovered = null;
      throw new ProviderSignInFailed('unreachable', { cause: error });
    }
  }
}

function verifiedAddress(email: unknown, verified: unknown): string {
  if (typeof email !== 'string' || verified !== true) throw new ProviderSignInFailed('unverified');
  return email;
}
