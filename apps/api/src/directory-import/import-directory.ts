import { DirectoryImport, type Caller, type ImportedRow, type ImportOutcome } from '#application';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

/** Import a batch of rows of a directory file (R02, R11, R17). Doing it again changes nothing. */
export class ImportDirectory extends Command<ImportOutcome> {
  constructor(
    readonly caller: Caller,
    readonly rows: readonly ImportedRow[],
  ) {
    super();
  }
}

@CommandHandler(ImportDirectory)
export class ImportDirectoryHandler implements ICommandHandler<ImportDirectory> {
  constructor(private readonly directory: DirectoryImport) {}

  execute({ caller, rows }: ImportDirectory): Promise<ImportOutcome> {
    return this.directory.importRows(caller, rows);
  }
}
