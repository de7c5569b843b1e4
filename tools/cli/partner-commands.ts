import { Option, type Command } from 'commander';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseFlowName } from '#einvoice';
import { interfaceOfFile } from '../client/interface-of-file.js';
import { watchFlow, hasEnded } from '../client/watch-flow.js';
import { flowName } from '../samples/index.js';
import { describeReport, firstRejected } from './flow-report.js';
import { createOutput, statusLabel } from './output.js';
import { applicationCode, connectionClient, operatorClient } from './settings.js';
import { UsageError } from './usage-error.js';

/** A partner's day: deposit, follow, read the rejects (R40, R44, R45). */
export function addPartnerCommands(program: Command): void {
  program
    .command('deposit')
    .description('dépose des fichiers comme autant de flux, et donne leurs numéros')
    .argument('<fichier...>')
    .option('--name <nom>', 'nom d’enveloppe EDI (un seul fichier) ; sinon celui du fichier, ou un nom fabriqué')
    .option('--watch', 'attend la fin et donne le compte rendu')
    .option('--json', 'une ligne de JSON par flux')
    .action(deposit);
  program
    .command('flow')
    .description('compte rendu d’intégration d’un flux ; code de sortie 1 si tout n’est pas intégré')
    .argument('<numéro>')
    .option('--watch', 'suit le flux jusqu’à la fin')
    .option('--json', 'une ligne de JSON')
    .action(showFlow);
  program
    .command('rejects')
    .description('fichiers de rejets : la liste, ou le fichier d’un jour')
    .option('--day <AAAA-MM-JJ>', 'jour civil Europe/Paris')
    .option('--sender <identifiant>', 'émetteur (SIRET) ; par défaut celui du raccordement')
    .addOption(new Option('--format <format>', 'télécharge le fichier').choices(['csv', 'json']))
    .option('--operator', 'avec la clé de l’exploitant')
    .option('--json', 'liste en JSON')
    .action(rejects);
}

async function deposit(files: string[], options: { name?: string; watch?: boolean; json?: boolean }): Promise<void> {
  const output = createOutput(options.json ?? false);
  if (options.name !== undefined && files.length > 1)
    throw new UsageError('--name ne vaut que pour un seul fichier : un nom d’enveloppe ne sert qu’une fois.');
  const client = await connectionClient();
  let allIntegrated = true;
  for (const [index, file] of files.entries()) {
    const name = options.name ?? (await envelopeName(file, index));
    const receipt = await client.deposit(file, name);
    const note = receipt.repeated ? ' (mêmes octets : déjà déposé)' : '';
    output.data({ file, ...receipt }, `${receipt.flowNumber}  ${file}${note}`);
    if (options.watch) allIntegrated = (await follow(receipt.flowNumber, output.json)) && allIntegrated;
  }
  if (!allIntegrated) process.exitCode = 1;
}

/** The file's own name when it follows the convention, else one made for it from what the file contains. */
async function envelopeName(file: string, index: number): Promise<string> {
  const own = basename(file);
  if (parseFlowName(own).ok) return own;
  return flowName(await interfaceOfFile(file), await applicationCode(), Date.now() * 100 + (index % 100));
}

async function showFlow(flowNumber: string, options: { watch?: boolean; json?: boolean }): Promise<void> {
  const json = options.json ?? false;
  if (options.watch) {
    if (!(await follow(flowNumber, json))) process.exitCode = 1;
    return;
  }
  const client = await connectionClient();
  const report = await client.flow(flowNumber);
  const rejected = await firstRejected(client.flowInvoices(flowNumber, 'rejected'));
  createOutput(json).data(report, describeReport(report, rejected));
  if (hasEnded(report) && report.status !== 'integrated') process.exitCode = 1;
}

/** Follows a flow with its progress on a terminal. True when everything was integrated. */
async function follow(flowNumber: string, json: boolean): Promise<boolean> {
  const output = createOutput(json);
  const client = await connectionClient();
  const report = await watchFlow(client, flowNumber, ({ status, invoices }) => {
    const done = invoices.integrated + invoices.rejected;
    const progress = invoices.total === null ? '' : `  ${done}/${invoices.total} factures`;
    if (process.stderr.isTTY) output.say(`${statusLabel(status)}${progress}`);
  });
  const rejected = await firstRejected(client.flowInvoices(flowNumber, 'rejected'));
  output.data(report, describeReport(report, rejected));
  return report.status === 'integrated';
}

async function rejects(options: {
  day?: string;
  sender?: string;
  format?: 'csv' | 'json';
  operator?: boolean;
  json?: boolean;
}): Promise<void> {
  const output = createOutput(options.json ?? false);
  const client = await (options.operator ? operatorClient() : connectionClient());
  const { day, sender, format } = options;
  const files = await client.rejectFiles({
    ...(day === undefined ? {} : { day }),
    ...(sender === undefined ? {} : { sender }),
  });
  if (format === undefined) {
    for (const file of files) {
      const state = file.closed ? 'clos' : 'ouvert';
      output.data(file, `${file.day}  ${file.sender}  ${file.lines} rejets  ${state}`);
    }
    if (files.length === 0) output.say('Aucun rejet.');
    return;
  }
  const [file, ...others] = files;
  if (file === undefined) {
    output.say('Aucun rejet : il n’y a pas de fichier.');
    return;
  }
  if (others.length > 0) throw new UsageError('Plusieurs fichiers : précisez --day et --sender.');
  await pipeline(await client.rejectFile(file.day, file.sender, format), process.stdout, { end: false });
}
