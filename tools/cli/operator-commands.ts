import { Argument, type Command } from 'commander';
import { readFile } from 'node:fs/promises';
import type { importDirectory } from './directory-import.js';
import { createOutput } from './output.js';
import { operatorClient } from './settings.js';

/** What an operator manages until people manage their own structures. */
export function addOperatorCommands(program: Command): void {
  const directory = program
    .command('directory')
    .description('l’annuaire : structures, services et raccordements (exploitants)');
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
    .command('import')
    .summary('importe structures et services')
    .description('importe structures et services d’un CSV ; le relancer reprend sans rien changer')
    .argument('<fichier>', 'CSV en UTF-8, séparé par « ; » ; colonnes : voir README.md')
    .option('--report <fichier>', 'où écrire les lignes refusées (défaut : à côté, « .refus.csv »)')
    .option('--json', 'une ligne de JSON')
    .action(async (...given: Parameters<typeof importDirectory>) =>
      (await import('./directory-import.js')).importDirectory(...given),
    );
  directory
    .command('require')
    .description('ce qu’une structure exige')
    .argument('<siret>', 'SIRET ou autre identifiant')
    .option('--service', 'le code service')
    .option('--commitment', 'le numéro d’engagement juridique')
    .option('--either', 'l’un des deux')
    .option('--json', 'une ligne de JSON')
    .action(
      async (identifier: string, options: Record<'service' | 'commitment' | 'either' | 'json', true | undefined>) => {
        const requirements = {
          serviceCode: options.service ?? false,
          commitmentNumber: options.commitment ?? false,
          serviceCodeOrCommitmentNumber: options.either ?? false,
        };
        await (await operatorClient()).setRequirements(identifier, requirements);
        createOutput(options.json ?? false).data(
          { identifier, ...requirements },
          `${identifier} : exigences enregistrées`,
        );
      },
    );
  directory
    .command('exclude')
    .description('exclut de la réception')
    .argument('<siret>', 'SIRET ou autre identifiant')
    .argument('[motif]', 'sans motif, l’exclusion est levée')
    .option('--json', 'une ligne de JSON')
    .action(async (identifier: string, reason: string | undefined, options: { json?: boolean }) => {
      await (await operatorClient()).setExclusion(identifier, reason);
      const text = reason === undefined ? 'exclusion levée' : `exclue (${reason})`;
      createOutput(options.json ?? false).data({ identifier, reason: reason ?? null }, `${identifier} : ${text}`);
    });
  directory
    .command('service')
    .description('ouvre ou modifie un service')
    .argument('<siret>', 'de la structure')
    .argument('<code>', 'code service')
    .argument('<nom>')
    .option('--commitment', 'le numéro d’engagement juridique y est obligatoire')
    .option('--inactive', 'le désactive')
    .option('--json', 'une ligne de JSON')
    .action(
      async (
        structure: string,
        code: string,
        name: string,
        options: Record<'commitment' | 'inactive' | 'json', true | undefined>,
      ) => {
        const service = { name, active: options.inactive !== true, commitmentNumber: options.commitment ?? false };
        await (await operatorClient()).defineService({ structure, code }, service);
        const text = `${structure}  ${code}  ${name} : ${service.active ? 'actif' : 'désactivé'}`;
        createOutput(options.json ?? false).data({ structure, code, ...service }, text);
      },
    );
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
  directory
    .command('statuses')
    .summary('format des fichiers de statuts')
    .description('choisit le format des fichiers de statuts')
    .argument('<code>', 'code application du raccordement')
    .addArgument(new Argument('<format>', 'de ces fichiers').choices(['CPPStatut', 'CDAR', 'both']))
    .option('--json', 'une ligne de JSON')
    .action(async (applicationCode: string, format: string, options: { json?: boolean }) => {
      await (await operatorClient()).chooseStatusFormat(applicationCode, format);
      createOutput(options.json ?? false).data(
        { applicationCode, format },
        `${applicationCode} : statuts rendus en ${format === 'both' ? 'CPPStatut et en CDAR' : format}`,
      );
    });
}
