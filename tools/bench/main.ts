import { Command } from 'commander';
import type { HttpBenchOptions } from './http.js';
import type { IngestBenchOptions } from './ingest.js';
import { parseSize } from './size.js';

/**
 * Benchmarks: never part of the tests. Each prints its figure beside the physical limit measured in the same run. Only the one
 * that is asked for is loaded: the libraries of the others would weigh 100 MB in its memory.
 */
const program = new Command('bench').description('mesures, chacune avec la limite physique de la même exécution');

program
  .command('ingest')
  .description('un flux, de la boîte SFTP au dernier événement')
  .option('--size <taille>', 'taille du flux déplié, par exemple 100MB ou 1GB', parseSize, parseSize('100MB'))
  .option('--container <forme>', 'xml (lot) ou tar.gz', 'xml')
  .option('--reform', 'par l’interface de la réforme : EN 16931 et toutes les règles françaises')
  .option('--threads <n>', 'fils qui jugent, dont un reste libre pour le flux suivant', Number, 2)
  .option(
    '--worker-flag <option>',
    'option de Node pour le processus qui travaille, par exemple --cpu-prof (répétable)',
    (flag: string, flags: string[]) => [...flags, flag],
    [],
  )
  .option('--bad <part>', 'part de mauvaises factures', Number, 0.05)
  .option('--json', 'une dernière ligne de JSON')
  .action(async (options: IngestBenchOptions) => (await import('./ingest.js')).benchIngest(options));

program
  .command('append')
  .description('le journal : écriture, ordre, lecture, vérification')
  .option('--events <n>', 'nombre d’événements', Number, 100_000)
  .option('--json', 'une dernière ligne de JSON')
  .action(async ({ events, json }: { events: number; json?: boolean }) => {
    const { benchAppend } = await import('./append.js');
    await benchAppend({ events, json: json ?? false });
  });

program
  .command('validate')
  .description('lire et contrôler des factures, sur un fil, avec toutes les règles')
  .option('--bad <part>', 'part de mauvaises factures', Number, 0.05)
  .option('--rounds <n>', 'tours de mesure', Number, 15)
  .option('--large [Mo]', 'une seule facture, avec une pièce jointe de cette taille (100 Mo)', Number)
  .option('--json', 'une dernière ligne de JSON')
  .action(
    async ({ large, json, ...options }: { bad: number; rounds: number; large?: number | true; json?: boolean }) => {
      const { benchValidate } = await import('./validate.js');
      await benchValidate({
        ...options,
        ...(large === undefined ? {} : { large: large === true ? 100 : large }),
        json: json ?? false,
      });
    },
  );

program
  .command('http')
  .description('les listes, une facture, le fil d’évènements, sur une plateforme qui tient beaucoup de factures')
  .option('--invoices <n>', 'nombre de factures', Number, 1_000_000)
  .option('--seconds <n>', 'durée de chaque mesure', Number, 5)
  .option('--connections <n>', 'requêtes à la fois', Number, 8)
  .option('--json', 'une dernière ligne de JSON')
  .action(async (options: HttpBenchOptions) => (await import('./http.js')).benchHttp(options));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 2;
}
