import type { Command } from 'commander';
import { UsageError } from './usage-error.js';

interface ValidateOptions {
  readonly rules?: string;
  readonly batch?: string;
  readonly schemas?: string;
  readonly json?: boolean;
}

/**
 * `repons validate`: judges files without any server (R42, R43). What it needs of the library is loaded when it runs.
 */
export function addValidateCommand(program: Command): void {
  program
    .command('validate')
    .description('contrôle des factures, sans serveur ; code de sortie 1 si l’une d’elles n’est pas valide')
    .argument('[fichier...]', 'factures XML ou PDF, archives, lots')
    .option('--rules <nom>', 'un seul jeu de règles, par exemple en16931 ; sinon ceux du document')
    .option('--batch <liste>', 'un chemin par ligne dans ce fichier ; « - » pour l’entrée standard')
    .option('--schemas <dossier>', 'dossier des schémas XSD ; sinon REPONS_XSD_FOLDER')
    .option('--json', 'une ligne de JSON par facture')
    .action(validate);
}

async function validate(files: string[], { rules, batch, schemas, json = false }: ValidateOptions): Promise<void> {
  if (batch === undefined && files.length === 0) throw new UsageError('Donnez un fichier, ou une liste par --batch.');
  const { validateFiles } = await import('./validate-files.js');
  const paths = batch === undefined ? files : listed(files, batch);
  const schemaFolder = schemas ?? process.env['REPONS_XSD_FOLDER'];
  const outcome = await validateFiles(paths, {
    json,
    ...(rules === undefined ? {} : { rules }),
    ...(schemaFolder === undefined || schemaFolder === '' ? {} : { schemaFolder }),
  });
  if (outcome.failed > 0) process.exitCode = 2;
  else if (outcome.invalid > 0) process.exitCode = 1;
}

/** The files of the command line, then those of the list, which is read as it is needed. */
async function* listed(files: readonly string[], list: string): AsyncGenerator<string> {
  yield* files;
  const [{ createReadStream }, { createInterface }] = await Promise.all([import('node:fs'), import('node:readline')]);
  const input = list === '-' ? process.stdin : createReadStream(list);
  const opened = new Promise<void>((resolve, reject) => {
    if (list === '-') resolve();
    else input.once('ready', resolve).once('error', reject);
  });
  await opened;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) if (line !== '') yield line;
}
