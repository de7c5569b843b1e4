import { EventStore } from '#events';
import { PersonalDataVault } from '#persistence';
import type { FactoryProvider } from '@nestjs/common';
import { CLOCK, CONFIGURATION, provide } from '../composition/platform-providers.js';
import type { Configuration } from '../configuration/configuration.js';
import type { Clock } from '../shared/clock.js';
import { Attempts } from './attempts.js';
import { Credentials } from './credentials.js';
import { IdentityProvider, identityProviderSettings } from './identity-provider.js';
import { PasswordHasher } from './password-hasher.js';
import { Sessions } from './sessions.js';

const MINUTE_MS = 60_000;

/** Injection token of the {@link IdentityProvider}; null when the settings name none. */
export const IDENTITY_PROVIDER = Symbol('identity provider');

/** What recognises people, for a program that lets them in; it stands on what `platformProviders` gives. */
export const identityProviders: readonly FactoryProvider[] = [
  provide(PasswordHasher, [], () => new PasswordHasher()),
  provide(
    Credentials,
    [EventStore, PasswordHasher],
    (store: EventStore, hasher: PasswordHasher) => new Credentials(store.pool, hasher),
  ),
  provide(
    Sessions,
    [EventStore, CLOCK, CONFIGURATION],
    (store: EventStore, clock: Clock, { SESSION_IDLE_MINUTES, SESSION_HOURS }: Configuration) =>
      new Sessions(store.pool, clock, {
        idleMs: SESSION_IDLE_MINUTES * MINUTE_MS,
        absoluteMs: SESSION_HOURS * 60 * MINUTE_MS,
      }),
  ),
  provide(
    Attempts,
    [EventStore, PersonalDataVault],
    (store: EventStore, vault: PersonalDataVault) => new Attempts(store.pool, vault),
  ),
  provide(
    IDENTITY_PROVIDER,
    [EventStore, CLOCK, CONFIGURATION],
    (store: EventStore, clock: Clock, configuration: Configuration) => {
      const settings = identityProviderSettings(configuration);
      return settings === null ? null : new IdentityProvider(settings, store.pool, clock);
    },
  ),
];
