import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { createOutput } from './output.js';
import { operatorClient } from './settings.js';

/** What an operator manages until people manage their own structures. */
export function addOperatorCommands(program: Command): void {
  const directory = program.command('directory').description('l’annuaire : structures et raccordements (exploitants)');
  directory
    .command('add')
    .description('enregistre une structure')
    .argument('<siret>', 'SIRET ou autre identifiant')
    .argument('<nom>')
    .option('--company', 'une entreprise ; sans cela, une entité publique')
    .option('--json', 'une ligne de JSON')
    .action(async (identifier: string, name: string, options: { company?: boolean; json?: boolean }) => {
      const client = await operatorClient();
      await client.registerStructure({ identifier, name, publicEntity: options.company !== true });
      createOutput(options.json ?? false).data({ identifier, name }, `${identifier}  ${name} : enregistrée`);
    });
  directory
    .command('connect')
    .description('ouvre un raccordement, donne sa clé')
    .argument('<code>', 'code application : six lettres majuscules ou chiffres')
    .argument('<siret>', 'de la structure raccordée (SIRET ou autre identifiant)')
    .argument('<nom>', 'de la structure raccordée')
    .option('--public-key <fichier>', 'clé publique OpenSSH de sa boîte SFTP')
    .option('--json', 'une ligne de JSON')
    .action(
      async (
        applicationCode: string,
        structure: string,
        name: string,
        options: { publicKey?: string; json?: boolean },
      ) => {
        const client = await operatorClient();
        const publicKey =
          options.publicKey === undefined ? {} : { publicKey: (await readFile(options.publicKey, 'utf8')).trim() };
        const { apiKey } = await client.openConnection({ applicationCode, structure, name, ...publicKey });
        const text = `Raccordement ${applicationCode} ouvert. Clé d’API, à conserver : ${apiKey}`;
        createOutput(options.json ?? false).data({ applicationCode, apiKey }, text);
      },
    );
}
