import { EventStore, openEventStore } from '#events';
import { openObjectStore, PersonalDataCipher, PersonalDataVault, type ObjectStore } from '#persistence';
import type { FactoryProvider } from '@nestjs/common';
import { objectStoreSettings, readConfiguration, type Configuration } from '../configuration/configuration.js';
import { Decisions } from '../decisions/decisions.js';
import { Deposits } from '../deposit/deposit.js';
import { Directory } from '../directory/directory.js';
import { IdentityLinks } from '../identity/identity-links.js';
import { WorkQueue } from '../queue/work-queue.js';
import { systemClock, type Clock } from '../shared/clock.js';
import { armCrashPoint } from '../shared/crash-point.js';
import { createLogger, type Logger } from '../shared/logger.js';
import { migrate } from '../shared/migrate.js';
import { openVirusScanner } from '../virus-scan/open-virus-scanner.js';

/** Injection tokens of what has no class of its own. */
export const CONFIGURATION = Symbol('configuration');
export const LOGGER = Symbol('logger');
export const CLOCK = Symbol('clock');
export const OBJECTS = Symbol('objects');
export const VIRUS_SCANNER = Symbol('virus scanner');

/** A provider made by a function. The parts themselves take what they need by their constructors and know no framework. */
export function provide<T>(
  token: FactoryProvider<T>['provide'],
  inject: NonNullable<FactoryProvider['inject']>,
  useFactory: FactoryProvider<T>['useFactory'],
): FactoryProvider<T> {
  return { provide: token, inject, useFactory };
}

/**
 * What every program of the platform stands on: settings, log, clock, event store (migrated), objects, queue, the vault of
 * personal data, decisions, directory, deposits.
 *
 * @param program name in the log and among the connections of the database
 */
export function platformProviders(program: string): FactoryProvider[] {
  return [
    provide(CONFIGURATION, [], () => {
      const configuration = readConfiguration();
      armCrashPoint(configuration.CRASH_AT);
      return configuration;
    }),
    provide(LOGGER, [CONFIGURATION], ({ LOG_LEVEL }: Configuration) => createLogger(program, LOG_LEVEL)),
    provide(CLOCK, [], () => systemClock),
    provide(EventStore, [CONFIGURATION], async ({ DATABASE_URL }: Configuration) => {
      await migrate(DATABASE_URL);
      return openEventStore({ connectionString: DATABASE_URL, poolSize: 8, applicationName: `repons-${program}` });
    }),
    provide(OBJECTS, [CONFIGURATION], (configuration: Configuration) =>
      openObjectStore(objectStoreSettings(configuration)),
    ),
    provide(VIRUS_SCANNER, [CONFIGURATION, LOGGER], openVirusScanner),
    provide(WorkQueue, [CONFIGURATION, LOGGER, EventStore], (configuration: Configuration, logger: Logger) =>
      WorkQueue.open(configuration, logger),
    ),
    provide(
      PersonalDataVault,
      [EventStore, CONFIGURATION],
      (store: EventStore, { PERSONAL_DATA_KEY }: Configuration) =>
        new PersonalDataVault(store.pool, new PersonalDataCipher(PERSONAL_DATA_KEY)),
    ),
    provide(
      Decisions,
      [EventStore, PersonalDataVault],
      (store: EventStore, vault: PersonalDataVault) => new Decisions(store, vault),
    ),
    provide(
      IdentityLinks,
      [EventStore, CLOCK],
      (store: EventStore, clock: Clock) => new IdentityLinks(store.pool, clock),
    ),
    provide(Directory, [EventStore], (store: EventStore) => new Directory(store)),
    provide(
      Deposits,
      [EventStore, OBJECTS, CLOCK, CONFIGURATION],
      (store: EventStore, objects: ObjectStore, clock: Clock, { FLOW_MAX_BYTES }: Configuration) =>
        new Deposits(store, objects, clock, FLOW_MAX_BYTES),
    ),
  ];
}
