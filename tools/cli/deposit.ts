import { parseFlowName } from '#einvoice';
import { basename } from 'node:path';
import { interfaceOfFile } from '../client/interface-of-file.js';
import { flowName } from '../samples/flow-name.js';
import { followFlow } from './show-flow.js';
import { createOutput } from './output.js';
import { applicationCode, connectionClient } from './settings.js';
import { UsageError } from './usage-error.js';

/** `repons deposit`: each file becomes a flow (R40). */
export async function deposit(
  files: string[],
  options: { name?: string; watch?: boolean; json?: boolean },
): Promise<void> {
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
    if (options.watch) allIntegrated = (await followFlow(receipt.flowNumber, output.json)) && allIntegrated;
  }
  if (!allIntegrated) process.exitCode = 1;
}

/** The file's own name when it follows the convention, else one made for it from what the file contains. */
async function envelopeName(file: string, index: number): Promise<string> {
  const own = basename(file);
  if (parseFlowName(own).ok) return own;
  return flowName(await interfaceOfFile(file), await applicationCode(), Date.now() * 100 + (index % 100));
}
