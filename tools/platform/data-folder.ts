import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the parts of the embedded platform keep their data. */
export interface DataFolder {
  readonly root: string;
  readonly postgres: string;
  readonly objects: string;
  readonly work: string;
  readonly boxes: string;
  readonly keys: string;
  /** Mails, where no mail server is set. */
  readonly mails: string;
}

/** The folders below a root; nothing is created. */
export function dataFolder(root: string): DataFolder {
  const below = (name: string): string => join(root, name);
  return {
    root,
    postgres: below('postgres'),
    objects: below('objects'),
    work: below('work'),
    boxes: below('sftp'),
    keys: below('keys'),
    mails: below('mails'),
  };
}

/** What the command line needs to speak to a platform; kept in the data folder, readable by its owner alone. */
export interface ClientSettings {
  readonly url: string;
  readonly databaseUrl: string;
  readonly adminKey: string;
  /** API key of the connection that the command line deposits with. */
  readonly apiKey?: string;
  /** The sandbox's connection: its box on the SFTP server. */
  readonly sandbox?: { readonly applicationCode: string; readonly structure: string; readonly privateKeyFile: string };
  readonly sftp?: { readonly host: string; readonly port: number };
}

const CLIENT_FILE = 'client.json';

/** Settings written by the platform that runs, or ran last, on a data folder; null when there are none. */
export async function readClientSettings(root: string): Promise<ClientSettings | null> {
  const text = await readFile(join(root, CLIENT_FILE), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as ClientSettings);
}

/** Keeps the settings, whole or not at all. */
export async function writeClientSettings(root: string, settings: ClientSettings): Promise<void> {
  const draft = join(root, `.${CLIENT_FILE}.${process.pid}`);
  await writeFile(draft, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, join(root, CLIENT_FILE));
}

/** A secret of the platform, made once and kept. */
export async function keptSecret(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  const kept = await readFile(path, 'utf8').catch(() => null);
  if (kept !== null) return kept.trim();
  const secret = randomBytes(32).toString('base64url');
  await writeFile(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}
