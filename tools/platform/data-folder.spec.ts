import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createTemporaryFolder, type TemporaryFolder } from '../../test/support/temporary-folder.js';
import { dataFolder, keptSecret, readClientSettings, writeClientSettings } from './data-folder.js';

describe('the data folder', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => (folder = await createTemporaryFolder('data')));
  afterEach(() => folder.remove());

  const modeOf = async (name: string): Promise<number> => (await stat(path.join(folder.path, name))).mode & 0o777;

  it('R62 has a place for each part, below one root', () => {
    const { root, ...parts } = dataFolder('/d');
    expect(root).toBe('/d');
    expect(new Set(Object.values(parts)).size).toBe(Object.keys(parts).length);
    for (const part of Object.values(parts)) expect(part.startsWith('/d/')).toBe(true);
  });

  it('R50 makes a secret once, keeps it, and lets its owner alone read it', async () => {
    const keys = path.join(folder.path, 'keys');
    const secret = await keptSecret(keys, 'admin-key');
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await keptSecret(keys, 'admin-key')).toBe(secret);
    expect(await keptSecret(keys, 'another')).not.toBe(secret);
    expect([await modeOf('keys'), await modeOf('keys/admin-key')]).toEqual([0o700, 0o600]);
  });

  it('R62 keeps what the command line needs, for its owner alone, and replaces it whole', async () => {
    expect(await readClientSettings(folder.path)).toBeNull();
    const settings = { url: 'http://127.0.0.1:3000', databaseUrl: 'postgres://x', adminKey: 'k' };
    await writeClientSettings(folder.path, settings);
    await writeClientSettings(folder.path, { ...settings, apiKey: 'rep_x' });
    expect(await readClientSettings(folder.path)).toEqual({ ...settings, apiKey: 'rep_x' });
    expect(await modeOf('client.json')).toBe(0o600);
    expect(await readFile(path.join(folder.path, 'client.json'), 'utf8')).toMatch(/\}\n$/);
  });
});
