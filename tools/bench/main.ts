import { Command } from 'commander';
import { benchAppend } from './append.js';
import { benchIngest, parseSize } from './ingest.js';

/** Benchmarks: never part of the tests. Each prints its figure beside the physical limit measured in the same run. */
const program = new Command('bench').description('mesures, chacune avec la limite physique de la même exécution');

program
  .command('ingest')
  .description('un flux, de la boîte SFTP au dernier événement')
  .option('--size <taille>', 'taille du flux déplié, par exemple 100MB ou 1GB', parseSize, parseSize('100MB'))
  .option('--container <forme>', 'xml (lot) ou tar.gz', 'xml')
  .option('--threads <n>', 'fils qui jugent', Number, 2)
  .option(
    '--worker-flag <option>',
    'option de Node pour le processus qui travaille, par exemple --cpu-prof (répétable)',
    (flag: string, flags: string[]) => [...flags, flag],
    [],
  )
  .option('--bad <part>', 'part de mauvaises factures', Number, 0.05)
  .option('--json', 'une dernière ligne de JSON')
  .action(benchIngest);

program
  .command('append')
  .description('le journal : écriture, ordre, lecture, vérification')
  .option('--events <n>', 'nombre d’événements', Number, 100_000)
  .option('--json', 'une dernière ligne de JSON')
  .action(async ({ events, json }: { events: number; json?: boolean }) => {
    await benchAppend({ events, json: json ?? false });
  });

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 2;
}
