import { Option, type Command } from 'commander';
import type { deposit } from './deposit.js';
import type { rejects } from './rejects.js';
import type { showFlow } from './show-flow.js';

/** A partner's day: deposit, follow, read the rejects (R40, R44, R45). What a command needs is loaded when it runs. */
export function addPartnerCommands(program: Command): void {
  program
    .command('deposit')
    .description('dépose des fichiers comme autant de flux, et donne leurs numéros')
    .argument('<fichier...>')
    .option('--name <nom>', 'nom d’enveloppe EDI (un seul fichier) ; sinon celui du fichier, ou un nom fabriqué')
    .option('--watch', 'attend la fin et donne le compte rendu')
    .option('--json', 'une ligne de JSON par flux')
    .action(async (...given: Parameters<typeof deposit>) => (await import('./deposit.js')).deposit(...given));
  program
    .command('flow')
    .description('compte rendu d’intégration d’un flux ; code de sortie 1 si tout n’est pas intégré')
    .argument('<numéro>')
    .option('--watch', 'suit le flux jusqu’à la fin')
    .option('--json', 'une ligne de JSON')
    .action(async (...given: Parameters<typeof showFlow>) => (await import('./show-flow.js')).showFlow(...given));
  program
    .command('rejects')
    .description('fichiers de rejets : la liste, ou le fichier d’un jour')
    .option('--day <AAAA-MM-JJ>', 'jour civil Europe/Paris')
    .option('--sender <identifiant>', 'émetteur (SIRET) ; par défaut celui du raccordement')
    .addOption(new Option('--format <format>', 'télécharge le fichier').choices(['csv', 'json']))
    .option('--operator', 'avec la clé de l’exploitant')
    .option('--json', 'liste en JSON')
    .action(async (...given: Parameters<typeof rejects>) => (await import('./rejects.js')).rejects(...given));
}
