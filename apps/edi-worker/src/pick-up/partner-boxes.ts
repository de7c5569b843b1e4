import type { Configuration } from '#application';
import { createHash, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import type { SFTPWrapper } from 'ssh2';
import SftpClient from 'ssh2-sftp-client';
import { pipelinedRead } from './pipelined-read.js';

/** A file in a partner's box. */
export interface BoxFile {
  readonly name: string;
  readonly size: number;
  /** Milliseconds since 1970, as the server says. */
  readonly modifiedAt: number;
}

/** Tries to make a folder, with those on the way to it, while another worker makes the same. */
const FOLDER_ATTEMPTS = 5;

type SftpSettings = Pick<Configuration, 'SFTP_URL' | 'SFTP_PASSWORD' | 'SFTP_PRIVATE_KEY' | 'SFTP_HOST_KEY'>;

/**
 * The partners' boxes on one SFTP server: a folder for each application code, with `in/`, `out/`, and the platform's own
 * `processing/` and `archive/`. One connection, opened when needed and opened again after a failure.
 */
export class PartnerBoxes {
  private connection: { readonly client: SftpClient; readonly sftp: SFTPWrapper } | null = null;

  constructor(private readonly settings: SftpSettings) {}

  /** Files of one folder of a box; a folder that does not exist is empty. Links, folders and devices are left out. */
  async list(applicationCode: string, folder: string): Promise<BoxFile[]> {
    const client = await this.connected();
    const path = this.path(applicationCode, folder);
    if ((await client.exists(path)) !== 'd') return [];
    const entries = await client.list(path);
    return entries
      .filter(({ type }) => type === '-')
      .map(({ name, size, modifyTime }) => ({ name, size, modifiedAt: modifyTime }));
  }

  /** Size of a file, or null when it is not there any more. */
  async size(applicationCode: string, folder: string, name: string): Promise<number | null> {
    const client = await this.connected();
    const path = this.path(applicationCode, folder, name);
    return (await client.exists(path)) === '-' ? (await client.stat(path)).size : null;
  }

  /**
   * Renames within a box, never onto an existing file: of two workers that claim the same file, one gets true and the
   * other false.
   */
  async move(
    applicationCode: string,
    from: readonly [folder: string, name: string],
    to: readonly [folder: string, name: string],
  ): Promise<boolean> {
    const client = await this.connected();
    await this.makeFolder(applicationCode, to[0]);
    try {
      await client.rename(this.path(applicationCode, ...from), this.path(applicationCode, ...to));
      return true;
    } catch (error) {
      if (await client.exists(this.path(applicationCode, ...from))) throw error;
      return false;
    }
  }

  /** Bytes of a file, in order, several reads in flight. */
  async read(applicationCode: string, folder: string, name: string): Promise<AsyncGenerator<Buffer>> {
    await this.connected();
    if (this.connection === null) throw new Error('The SFTP connection was lost');
    return pipelinedRead(this.connection.sftp, this.path(applicationCode, folder, name));
  }

  /**
   * Writes a file under a temporary name of this call alone and gives it its own when it is whole. One that is already
   * there stays: what the platform returns under a name is always the same bytes, and replacing them would take from the
   * partner, for a moment, what the log says is there.
   */
  async write(applicationCode: string, folder: string, name: string, bytes: Readable): Promise<void> {
    const client = await this.connected();
    await this.makeFolder(applicationCode, folder);
    const target = this.path(applicationCode, folder, name);
    const partial = `${target}.${randomUUID()}.part`;
    try {
      await client.put(bytes, partial);
      if ((await client.exists(target)) === false) await client.rename(partial, target);
    } catch (error) {
      if ((await client.exists(target)) === false) throw error; // else another worker's copy came in between
    } finally {
      if (await client.exists(partial)) await client.delete(partial, true);
    }
  }

  async close(): Promise<void> {
    const { connection } = this;
    this.connection = null;
    await connection?.client.end();
  }

  private async makeFolder(applicationCode: string, folder: string): Promise<void> {
    const client = await this.connected();
    const path = this.path(applicationCode, folder);
    for (let attempt = 1; (await client.exists(path)) === false; attempt += 1) {
      try {
        await client.mkdir(path, true);
      } catch (error) {
        // Another worker may have made it, or a folder on the way to it, in between.
        if (attempt === FOLDER_ATTEMPTS) throw error;
      }
    }
  }

  private path(applicationCode: string, ...rest: readonly string[]): string {
    const root = decodeURIComponent(this.url().pathname).replace(/\/+$/, '');
    return [root, applicationCode, ...rest].join('/');
  }

  private url(): URL {
    if (this.settings.SFTP_URL === undefined) throw new Error('SFTP_URL is not set');
    return new URL(this.settings.SFTP_URL);
  }

  private async connected(): Promise<SftpClient> {
    if (this.connection !== null) return this.connection.client;
    const { SFTP_PASSWORD: password, SFTP_PRIVATE_KEY: privateKey, SFTP_HOST_KEY: pins } = this.settings;
    const url = this.url();
    const client = new SftpClient('repons-pick-up', {
      // Without handlers of ours the library writes to the console.
      error: () => this.forget(client),
      end: () => this.forget(client),
      close: () => this.forget(client),
    });
    const [host, port] = [url.hostname, Number(url.port || 22)];
    const sftp = await client.connect({
      // Without delay: small requests would wait for the acknowledgement of the last one, some 40 ms each (RFC 896).
      sock: connect({ host, port, noDelay: true }),
      host,
      port,
      username: decodeURIComponent(url.username),
      ...(password === undefined ? {} : { password }),
      ...(privateKey === undefined ? {} : { privateKey }),
      ...(pins === undefined ? {} : { hostVerifier: (key: Buffer) => pins.split(',').includes(fingerprint(key)) }),
      readyTimeout: 10_000,
      keepaliveInterval: 10_000,
    });
    this.connection = { client, sftp };
    return client;
  }

  private forget(client: SftpClient): void {
    if (this.connection?.client === client) this.connection = null;
  }
}

/** Fingerprint of a host key as `ssh-keygen -l` prints it. */
function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
