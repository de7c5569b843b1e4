import { Decisions, DirectoryImport, provide } from '#application';
import { EventStore } from '#events';
import { Module } from '@nestjs/common';
import { DirectoryImportController } from './directory-import.controller.js';
import { ImportDirectoryHandler } from './import-directory.js';

/** Bulk import of the directory. */
@Module({
  controllers: [DirectoryImportController],
  providers: [
    provide(
      DirectoryImport,
      [Decisions, EventStore],
      (decisions: Decisions, store: EventStore) => new DirectoryImport(decisions, store),
    ),
    ImportDirectoryHandler,
  ],
})
export class DirectoryImportModule {}
