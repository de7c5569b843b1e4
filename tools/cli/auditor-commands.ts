import { InvalidArgumentError, type Command } from 'commander';
import type { list, replay, verify } from './events.js';

const events = () => import('./events.js');

/** An auditor's day: look at the log, replay it, take it away, verify it (R49). What a command needs is loaded when it runs. */
export function addAuditorCommands(program: Command): void {
  const group = program.command('events').description('le journal des événements : lire, rejouer, exporter, vérifier');
  group
    .command('list')
    .description('événements dans l’ordre du journal')
    .option('--type <type...>', 'seulement ces types')
    .option('--stream <flux d’événements>', 'seulement ce flux d’événements')
    .option('--limit <n>', 'nombre d’événements', wholeNumber, 50)
    .option('--json', 'une ligne de JSON par événement')
    .action(async (...given: Parameters<typeof list>) => (await events()).list(...given));
  group
    .command('show')
    .description('un flux d’événements en entier, par exemple flow-CPP001…')
    .argument('<flux d’événements>')
    .option('--json', 'une ligne de JSON par événement')
    .action(async (stream: string, options: { json?: boolean }) =>
      (await events()).list({ ...options, stream, limit: Infinity }),
    );
  group
    .command('replay')
    .description('l’état que donnent les événements, à un instant ou à une position')
    .requiredOption('--stream <flux d’événements>')
    .option('--at <instant>', 'instant ISO 8601')
    .option('--position <n>', 'position dans le journal', wholeNumber)
    .option('--json', 'une ligne de JSON : place dans le journal, état')
    .action(async (...given: Parameters<typeof replay>) => (await events()).replay(...given));
  group
    .command('export')
    .description('le journal en JSON Lines, sceaux compris, sur la sortie standard')
    .action(async () => (await events()).exportLog());
  group
    .command('verify')
    .description('recalcule empreintes, sceaux et versions ; code de sortie 1 si le journal est altéré')
    .option('--json', 'une ligne de JSON')
    .action(async (...given: Parameters<typeof verify>) => (await events()).verify(...given));
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Un nombre entier est attendu.');
  return Number(text);
}
