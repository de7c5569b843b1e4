import { CONFIGURATION, identityProviders, platformProviders, provide, type Configuration } from '#application';
import { EventStore } from '#events';
import { openReadModels } from '#persistence';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';

const providers = [
  ...platformProviders('api'),
  ...identityProviders,
  provide(DataSource, [CONFIGURATION, EventStore], ({ DATABASE_URL }: Configuration) => openReadModels(DATABASE_URL)),
];

/** What every area of the API stands on, made once and known to all of them without being imported. */
@Global()
@Module({
  imports: [CqrsModule.forRoot()],
  providers,
  exports: providers.map(({ provide: token }) => token),
})
export class PlatformModule {}
