import { Exports, provide } from '#application';
import { EventStore } from '#events';
import { Module } from '@nestjs/common';
import { ExportStructuresHandler, ExportUsersHandler } from './export-queries.js';
import { ExportsController } from './exports.controller.js';

/** Exports of users and structures (R15). */
@Module({
  controllers: [ExportsController],
  providers: [
    provide(Exports, [EventStore], ({ pool }: EventStore) => new Exports(pool)),
    ExportUsersHandler,
    ExportStructuresHandler,
  ],
})
export class ExportsModule {}
