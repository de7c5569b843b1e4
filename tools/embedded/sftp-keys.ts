import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ssh2, { type ParsedKey } from 'ssh2';

/** A pair of Ed25519 keys in OpenSSH's formats. */
export interface SshKeyPair {
  /** text of a private key file, without passphrase */
  readonly privateKey: string;
  /** one line, as in `authorized_keys` */
  readonly publicKey: string;
}

/**
 * Generates an Ed25519 key pair for a host or for an account of the demonstration. Of the keys that the library writes, one
 * in 300 cannot be read back, by itself nor by OpenSSH (measured: 7 of 2,000): such a pair is thrown away.
 *
 * @param comment - last word of the public key line
 */
export function generateSshKeyPair(comment: string): SshKeyPair {
  for (;;) {
    const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync('ed25519', { comment });
    if (!(ssh2.utils.parseKey(privateKey) instanceof Error)) return { privateKey, publicKey };
  }
}

/**
 * Gives the host key kept in a folder, after generating it the first time: partners pin it, so it must not change.
 *
 * @param folder - created when missing; holds `ssh_host_ed25519_key` (mode 0600) and its `.pub`
 * @returns the text of the private key
 */
export async function ensureHostKey(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'ssh_host_ed25519_key');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept;
  // Linked into place whole: of two first starts at once, both read the key of the first.
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, generateSshKeyPair('repons-sftp').privateKey, { mode: 0o600, flag: 'wx' });
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  const key = await readFile(file, 'utf8');
  const publicKey = `ssh-ed25519 ${parseSshKey(key).getPublicSSH().toString('base64')} repons-sftp\n`;
  await writeFile(`${file}.pub`, publicKey, { mode: 0o644 });
  return key;
}

/**
 * Fingerprint of a key as OpenSSH prints it (`ssh-keygen -l`): `SHA256:` and the unpadded base64 of the SHA-256 of the
 * public key.
 *
 * @param key - text of a private or public key
 */
export function fingerprintOf(key: string): string {
  const digest = createHash('sha256').update(parseSshKey(key).getPublicSSH()).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

/**
 * Parses a private or public key.
 *
 * @throws Error when the text is not a key
 */
export function parseSshKey(text: string): ParsedKey {
  const parsed = ssh2.utils.parseKey(text) as ParsedKey | Error | (ParsedKey | Error)[];
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key === undefined) throw new Error('no key in this text');
  if (key instanceof Error) throw key;
  return key;
}
