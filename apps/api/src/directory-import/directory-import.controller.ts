import type { Caller, ImportOutcome, RefusedRow } from '#application';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import { ImportDirectory } from './import-directory.js';
import { importedRow, RowsToImport } from './rows-to-import.js';

/** A row that was refused. */
class RefusedRowAnswer implements RefusedRow {
  @ApiProperty({ description: 'Ligne du fichier' })
  line!: number;

  @ApiProperty({ description: 'Identifiant de la structure' })
  identifier!: string;

  @ApiProperty({ description: 'Code du motif' })
  code!: string;

  @ApiProperty({ description: 'Motif' })
  message!: string;
}

/** What the import did with the rows. */
class ImportAnswer implements ImportOutcome {
  @ApiProperty({ description: 'Structures et services créés' })
  created!: number;

  @ApiProperty({ description: 'Structures et services modifiés' })
  changed!: number;

  @ApiProperty({ description: 'Structures et services déjà conformes' })
  unchanged!: number;

  @ApiProperty({ description: 'Lignes refusées', type: [RefusedRowAnswer] })
  refused!: RefusedRowAnswer[];
}

/** Bulk import of the directory, batch by batch. */
@ApiTags('annuaire')
@ApiBearerAuth()
@AllowAccess('operator')
@Controller('api/directory')
export class DirectoryImportController {
  constructor(private readonly commands: CommandBus) {}

  @Post('import')
  @HttpCode(200)
  @ApiOperation({ summary: 'Importer des lignes de l’annuaire ; les envoyer de nouveau ne change rien (exploitants)' })
  @ApiOkResponse({ type: ImportAnswer })
  import(@CallerOf() caller: Caller, @Body() { rows }: RowsToImport): Promise<ImportOutcome> {
    return this.commands.execute(new ImportDirectory(caller, rows.map(importedRow)));
  }
}
