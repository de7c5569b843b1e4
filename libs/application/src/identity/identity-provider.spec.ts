import { ConfigurationError, readConfiguration } from '../configuration/configuration.js';
import { identityProviderSettings } from './identity-provider.js';

const NEEDED = {
  DATABASE_URL: 'postgres://repons:motdepasse@127.0.0.1:5432/repons',
  PERSONAL_DATA_KEY: 'secret-des-donnees-personnelles-des-tests',
};
const PROVIDER = {
  OIDC_ISSUER: 'https://identite.example',
  OIDC_CLIENT_ID: 'repons',
  OIDC_CLIENT_SECRET: 'secret-du-client',
  OIDC_REDIRECT_URL: 'https://repons.example/api/session/oidc/callback',
};

describe('identityProviderSettings', () => {
  it('R01 there is none unless the settings name one', () => {
    expect(identityProviderSettings(readConfiguration(NEEDED))).toBeNull();
    expect(identityProviderSettings(readConfiguration({ ...NEEDED, ...PROVIDER }))).toEqual({
      issuer: 'https://identite.example',
      clientId: 'repons',
      clientSecret: 'secret-du-client',
      redirectUrl: 'https://repons.example/api/session/oidc/callback',
    });
  });

  it.each(Object.keys(PROVIDER))('R01 R62 refuses settings without %s, and tells no secret', (name) => {
    const settings = readConfiguration({ ...NEEDED, ...PROVIDER, [name]: '' });
    expect(() => identityProviderSettings(settings)).toThrow(ConfigurationError);
    expect(() => identityProviderSettings(settings)).toThrow(/^(?!.*secret-du-client)/);
  });
});
