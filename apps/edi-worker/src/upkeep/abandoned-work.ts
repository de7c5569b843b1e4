import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../worker-identity.js';

/**
 * Removes what workers of this machine that are no more left in the scratch folder: unpacked flows can be large.
 *
 * @param workFolder holds a folder for each start, named `{flow}.{version}.{host}-{pid}`
 */
export async function sweepAbandonedWork(workFolder: string, host: string): Promise<void> {
  for (const name of await readdir(workFolder).catch(() => [])) {
    const pid = new RegExp(`\\.${host}-(\\d+)$`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(join(workFolder, name), { recursive: true, force: true });
  }
}
