import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import SftpClient from 'ssh2-sftp-client';

/** Where a partner's box is and what opens it. */
export interface BoxAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly privateKeyFile: string;
}

/** Opens a partner's box. The caller ends the client. */
export async function openBox({ host, port, username, privateKeyFile }: BoxAddress): Promise<SftpClient> {
  const client = new SftpClient('repons-drop', {
    error: () => undefined,
    end: () => undefined,
    close: () => undefined,
  });
  const privateKey = await readFile(privateKeyFile);
  await client.connect({ sock: connect({ host, port, noDelay: true }), host, port, username, privateKey });
  return client;
}

/** Drops a file as partners are asked to: under a temporary name, renamed when it is whole. */
export async function dropFlow(client: SftpClient, path: string, name: string): Promise<void> {
  await client.fastPut(path, `in/${name}.part`);
  await client.rename(`in/${name}.part`, `in/${name}`);
}
