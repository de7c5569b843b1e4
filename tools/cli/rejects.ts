import { pipeline } from 'node:stream/promises';
import { createOutput } from './output.js';
import { connectionClient, operatorClient } from './settings.js';
import { UsageError } from './usage-error.js';

/** `repons rejects`: the list of reject files, or the file of a day (R44). */
export async function rejects(options: {
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
