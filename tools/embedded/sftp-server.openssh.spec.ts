import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTemporaryFolder, type TemporaryFolder } from '../../test/support/temporary-folder.js';
import { ensureHostKey, generateSshKeyPair } from './sftp-keys.js';
import { startSftpServer, type SftpServer } from './sftp-server.js';

// `.ci/run` installs the client; a machine without it has nothing to compare with.
const hasOpenSsh = spawnSync('sftp', ['-V']).error === undefined;

function describeWithOpenSsh(): void {
  let folder: TemporaryFolder;
  let server: SftpServer;
  let at: (name: string) => string;
  const key = generateSshKeyPair('partner');

  beforeAll(async () => {
    folder = await createTemporaryFolder('openssh');
    at = (name) => path.join(folder.path, name);
    const hostKey = await ensureHostKey(at('keys'));
    server = await startSftpServer({
      hostKey,
      boxesFolder: at('boxes'),
      lookup: (username) => ({ kind: 'partner', username, applicationCode: 'APP001', publicKeys: [key.publicKey] }),
    });
    await writeFile(at('key'), key.privateKey, { mode: 0o600 });
    await writeFile(at('wrong-key'), generateSshKeyPair('wrong').privateKey, { mode: 0o600 });
    const hostLine = await readFile(at('keys/ssh_host_ed25519_key.pub'), 'utf8');
    await writeFile(at('known_hosts'), `[127.0.0.1]:${server.port} ${hostLine}`);
  });

  afterAll(async () => {
    await server.close();
    await folder.remove();
  });

  /** Runs a batch; OpenSSH stops at the first command that fails. */
  async function sftp(commands: string[], identity = 'key'): Promise<{ code: number; output: string }> {
    await writeFile(at('batch'), `${commands.join('\n')}\n`);
    const options = ['StrictHostKeyChecking=yes', `UserKnownHostsFile=${at('known_hosts')}`, 'IdentitiesOnly=yes'];
    const flags = [...options, 'ConnectTimeout=10'].flatMap((option) => ['-o', option]);
    const files = ['-b', at('batch'), '-i', at(identity), '-P', String(server.port)];
    const client = spawn('sftp', ['-F', 'none', ...flags, ...files, 'alpha@127.0.0.1'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 20_000,
    });
    let output = '';
    for (const stream of [client.stdout, client.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(client, 'close')) as [number];
    return { code, output };
  }

  it('puts, renames, lists, gets and removes, and ends by itself', async () => {
    const content = randomBytes(3_000_000);
    await writeFile(at('flux.xml'), content);
    const { code, output } = await sftp([
      `put ${at('flux.xml')} /in/flux.xml.part`,
      'rename /in/flux.xml.part /in/flux.xml',
      'cd in',
      'ls -l',
      `get flux.xml ${at('copy.xml')}`,
      'cd ..',
      'mkdir out/lot',
      'rmdir out/lot',
      'rm in/flux.xml',
      'pwd',
    ]);
    expect(output).toMatch(/-rw-r----- .* 3000000 .* flux\.xml/);
    expect(output).toContain('Remote working directory: /\n');
    expect(code).toBe(0);
    expect(content.equals(await readFile(at('copy.xml')))).toBe(true);
  });

  it('resumes an interrupted upload', async () => {
    const content = randomBytes(500_000);
    await writeFile(at('whole.bin'), content);
    await mkdir(at('boxes/APP001/in'), { recursive: true });
    await writeFile(at('boxes/APP001/in/resumed.bin'), content.subarray(0, 200_000));
    expect(await sftp([`reput ${at('whole.bin')} /in/resumed.bin`])).toMatchObject({ code: 0 });
    expect(content.equals(await readFile(at('boxes/APP001/in/resumed.bin')))).toBe(true);
  });

  it('does not overwrite by a rename', async () => {
    await writeFile(at('one'), 'un');
    await writeFile(at('two'), 'deux');
    const commands = [`put ${at('one')} /in/one`, `put ${at('two')} /in/two`, 'rename /in/one /in/two'];
    const { code, output } = await sftp(commands);
    expect(output).toMatch(/rename .*Failure/i);
    expect(code).not.toBe(0);
    expect(await readFile(at('boxes/APP001/in/two'), 'utf8')).toBe('deux');
  });

  it('lets nothing out of the box', async () => {
    for (const command of [
      `get ../../keys/ssh_host_ed25519_key ${at('stolen')}`,
      `get /../../keys/ssh_host_ed25519_key ${at('stolen')}`,
      `put ${at('key')} ../escaped`,
      'ln -s /etc/passwd /in/link',
      'rename /in /out/in',
    ]) {
      expect({ command, ...(await sftp([command])) }).toMatchObject({ command, code: 1 });
    }
    await expect(readFile(at('stolen'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(readFile(at('boxes/escaped'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses a wrong key', async () => {
    const { code, output } = await sftp(['pwd'], 'wrong-key');
    expect(output).toContain('Permission denied');
    expect(code).toBe(255);
  });
}

if (hasOpenSsh) {
  describe('startSftpServer, with the OpenSSH client', describeWithOpenSsh);
} else {
  it('is not compared with OpenSSH: this machine has no sftp program', () => {
    expect(spawnSync('sftp', ['-V']).error).toMatchObject({ code: 'ENOENT' });
  });
}
