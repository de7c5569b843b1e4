import { Module } from '@nestjs/common';
import { DefineServiceHandler } from './define-service.js';
import { ListServicesHandler } from './service-queries.js';
import { DisableServiceUserHandler, EnableServiceUserHandler } from './service-users.js';
import { ServicesController } from './services.controller.js';

/** Services of structures, and their users (R11). */
@Module({
  controllers: [ServicesController],
  providers: [DefineServiceHandler, EnableServiceUserHandler, DisableServiceUserHandler, ListServicesHandler],
})
export class ServicesModule {}
