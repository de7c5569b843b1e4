import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An empty folder for one test. */
export interface TemporaryFolder {
  readonly path: string;
  /** Removes the folder and all it holds. */
  remove(): Promise<void>;
}

/**
 * Creates an empty folder under the system's temporary folder. Other accounts may cross it (mode 0711) but not list it:
 * as root, PostgreSQL runs under another account and may have its data there.
 *
 * @param label - word that makes the folder recognisable when a test leaves it behind
 */
export async function createTemporaryFolder(label = 'files'): Promise<TemporaryFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), `repons-test-${label}-`));
  await chmod(folder, 0o711);
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
