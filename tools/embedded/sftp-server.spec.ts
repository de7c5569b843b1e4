import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ssh2, { type Client, type SFTPWrapper } from 'ssh2';
import SftpClient from 'ssh2-sftp-client';
import { createTemporaryFolder, type TemporaryFolder } from '../../test/support/temporary-folder.js';
import type { SftpAccount } from './sftp-accounts.js';
import { ensureHostKey, fingerprintOf, generateSshKeyPair } from './sftp-keys.js';
import { startSftpServer, type SftpLogEntry, type SftpServer, type SftpServerOptions } from './sftp-server.js';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;
const partnerKey = generateSshKeyPair('partner');
const strangerKey = generateSshKeyPair('stranger');
const operatorKey = generateSshKeyPair('operator');
const accounts: SftpAccount[] = [
  {
    kind: 'partner',
    username: 'alpha',
    applicationCode: 'APP001',
    publicKeys: [generateSshKeyPair('older').publicKey, partnerKey.publicKey],
    verifyPassword: (password) => password === 'mot de passe',
  },
  { kind: 'partner', username: 'beta', applicationCode: 'APP002', publicKeys: [partnerKey.publicKey] },
  { kind: 'partner', username: 'evil', applicationCode: '../APP001', publicKeys: [partnerKey.publicKey] },
  { kind: 'operator', username: 'repons', publicKeys: [operatorKey.publicKey] },
];

/** Without the callbacks the library writes to the console at every end. */
function quietClient(): SftpClient {
  const ignore = (): void => undefined;
  return new SftpClient('test', { error: ignore, end: ignore, close: ignore });
}

describe('startSftpServer', () => {
  let folder: TemporaryFolder;
  let boxes: string;
  let server: SftpServer;
  let log: SftpLogEntry[];
  const opened: { end(): unknown }[] = [];

  async function start(options: Partial<SftpServerOptions> = {}): Promise<void> {
    server = await startSftpServer({
      hostKey: await ensureHostKey(path.join(folder.path, 'keys')),
      boxesFolder: boxes,
      lookup: (username) => accounts.find((account) => account.username === username) ?? null,
      log: (entry) => log.push(entry),
      ...options,
    });
  }

  beforeEach(async () => {
    folder = await createTemporaryFolder('sftp');
    boxes = path.join(folder.path, 'boxes');
    log = [];
  });

  afterEach(async () => {
    for (const client of opened.splice(0)) await client.end();
    await server.close();
    await folder.remove();
  });

  async function connect(username: string, privateKey = partnerKey.privateKey): Promise<SftpClient> {
    const client = quietClient();
    await client.connect({ host: '127.0.0.1', port: server.port, username, privateKey });
    opened.push(client);
    return client;
  }

  /** The protocol itself, for what a polite client would not send. */
  async function connectRaw(): Promise<{ client: Client; sftp: SFTPWrapper }> {
    const client = new ssh2.Client();
    client.on('error', () => undefined);
    client.connect({ host: '127.0.0.1', port: server.port, username: 'alpha', privateKey: partnerKey.privateKey });
    await once(client, 'ready');
    opened.push(client);
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) =>
      client.sftp((error, channel) => (error ? reject(error) : resolve(channel))),
    );
    return { client, sftp };
  }

  /** Status code of an operation of the raw client. */
  function statusOf(operation: (done: (error?: Error | null) => void) => void): Promise<number> {
    return new Promise((resolve) => operation((error) => resolve((error as { code?: number } | null)?.code ?? 0)));
  }

  const onDisk = (name: string): Promise<string> => readFile(path.join(boxes, name), 'utf8');

  it('confines each partner to the box of its application and lets the operator see all the boxes', async () => {
    await start();
    const alpha = await connect('alpha');
    expect((await alpha.list('/')).map(({ name }) => name).sort()).toEqual(['in', 'out']);
    await alpha.put(Buffer.from('<facture/>'), '/in/flux.xml.part');
    await alpha.rename('/in/flux.xml.part', '/in/flux.xml');
    expect(await onDisk('APP001/in/flux.xml')).toBe('<facture/>');
    expect((await stat(path.join(boxes, 'APP001/in/flux.xml'))).mode & 0o777).toBe(0o640);

    const beta = await connect('beta');
    expect(await beta.list('/in')).toEqual([]);
    expect(await beta.exists('/in/flux.xml')).toBe(false);

    const operator = await connect('repons', operatorKey.privateKey);
    expect((await operator.list('/')).map(({ name }) => name).sort()).toEqual(['APP001', 'APP002']);
    expect(await operator.get('/APP001/in/flux.xml')).toEqual(Buffer.from('<facture/>'));
    await operator.put(Buffer.from('compte rendu'), '/APP002/out/cr.xml');
    expect(await beta.get('/out/cr.xml')).toEqual(Buffer.from('compte rendu'));
    expect(log.filter(({ event }) => event === 'sftp_login').map(({ username }) => username)).toEqual([
      'alpha',
      'beta',
      'repons',
    ]);
    expect(log).toContainEqual({
      event: 'sftp_renamed',
      username: 'alpha',
      address: '127.0.0.1',
      path: '/in/flux.xml.part',
      newPath: '/in/flux.xml',
    });
  });

  it('serves every operation a client of the field uses', async () => {
    await start();
    const alpha = await connect('alpha');
    const content = randomBytes(700_000);
    await alpha.mkdir('/in/lots');
    await alpha.put(content, '/in/lots/a.bin');
    await alpha.append(Buffer.from('fin'), '/in/lots/a.bin');
    // `equals`, as comparing large buffers element by element takes seconds.
    const whole = Buffer.concat([content, Buffer.from('fin')]);
    expect(whole.equals((await alpha.get('/in/lots/a.bin')) as Buffer)).toBe(true);
    expect(await alpha.stat('/in/lots/a.bin')).toMatchObject({ size: 700_003, isFile: true, isDirectory: false });
    const local = path.join(folder.path, 'copy.bin');
    await alpha.fastGet('/in/lots/a.bin', local, { chunkSize: 261_120, concurrency: 64 });
    await alpha.fastPut(local, '/in/lots/b.bin');
    expect(whole.equals(await readFile(local))).toBe(true);
    expect(whole.equals(await readFile(path.join(boxes, 'APP001/in/lots/b.bin')))).toBe(true);
    await alpha.chmod('/in/lots/b.bin', 0o777);
    expect((await stat(path.join(boxes, 'APP001/in/lots/b.bin'))).mode & 0o777).toBe(0o640);
    expect(await alpha.realPath('/in/lots/../../../..')).toBe('/');
    await expect(alpha.rmdir('/in/lots')).rejects.toThrow("n'est pas vide");
    await alpha.delete('/in/lots/a.bin');
    await alpha.delete('/in/lots/b.bin');
    await alpha.rmdir('/in/lots');
    expect(await alpha.list('/in')).toEqual([]);
    await expect(alpha.get('/in/absent.xml')).rejects.toMatchObject({ code: STATUS_CODE.NO_SUCH_FILE });
  });

  it('lists a folder of many files whole', async () => {
    await start();
    const alpha = await connect('alpha');
    const names = Array.from({ length: 300 }, (_, index) => `flux-${String(index).padStart(3, '0')}.xml`);
    for (const name of names) await writeFile(path.join(boxes, 'APP001/out', name), name);
    expect((await alpha.list('/out')).map(({ name }) => name).sort()).toEqual(names);
  });

  it('refuses to overwrite by a rename, so that exactly one of several claims of a name wins', async () => {
    await start();
    const [first, second] = [await connectRaw(), await connectRaw()];
    for (const name of ['a', 'b']) await writeFile(path.join(boxes, 'APP001/in', name), name);
    for (let round = 0; round < 30; round += 1) {
      const outcomes = await Promise.all([
        statusOf((done) => first.sftp.rename('/in/a', '/in/claimed', done)),
        statusOf((done) => second.sftp.rename('/in/b', '/in/claimed', done)),
      ]);
      expect(outcomes.sort()).toEqual([STATUS_CODE.OK, STATUS_CODE.FAILURE]);
      const winner = await onDisk('APP001/in/claimed');
      const back = await statusOf((done) => first.sftp.rename('/in/claimed', `/in/${winner}`, done));
      expect(back).toBe(STATUS_CODE.OK);
    }
    expect([await onDisk('APP001/in/a'), await onDisk('APP001/in/b')]).toEqual(['a', 'b']);
  });

  it('gives a file to exactly one of two clients that claim it under different names', async () => {
    await start();
    const [first, second] = [await connectRaw(), await connectRaw()];
    for (let round = 0; round < 30; round += 1) {
      await writeFile(path.join(boxes, 'APP001/in/flux'), String(round));
      const outcomes = await Promise.all([
        statusOf((done) => first.sftp.rename('/in/flux', `/out/first-${round}`, done)),
        statusOf((done) => second.sftp.rename('/in/flux', `/out/second-${round}`, done)),
      ]);
      expect(outcomes.sort()).toEqual([STATUS_CODE.OK, STATUS_CODE.NO_SUCH_FILE]);
    }
    expect(await readdir(path.join(boxes, 'APP001/out'))).toHaveLength(30);
  });

  it('lets nobody out of the box, by a path or by a symbolic link', async () => {
    await start();
    const { sftp } = await connectRaw();
    const secret = path.join(folder.path, 'secret');
    await mkdir(secret);
    await writeFile(path.join(secret, 'file'), 'secret');
    await symlink(secret, path.join(boxes, 'APP001/in/link-to-folder'));
    await symlink(path.join(secret, 'file'), path.join(boxes, 'APP001/in/link-to-file'));
    const paths = ['/in/../../../secret/file', '../../secret/file', '/in/link-to-folder/file', '/in/link-to-file'];
    for (const outside of [...paths, '/in/nul\0byte', '/in/line\nbreak', '/in/back\\slash']) {
      expect(await statusOf((done) => sftp.open(outside, 'r', done))).toBe(STATUS_CODE.PERMISSION_DENIED);
      expect(await statusOf((done) => sftp.open(outside, 'w', done))).toBe(STATUS_CODE.PERMISSION_DENIED);
      expect(await statusOf((done) => sftp.stat(outside, done))).toBe(STATUS_CODE.PERMISSION_DENIED);
      expect(await statusOf((done) => sftp.unlink(outside, done))).toBe(STATUS_CODE.PERMISSION_DENIED);
      expect(await statusOf((done) => sftp.mkdir(outside, done))).toBe(STATUS_CODE.PERMISSION_DENIED);
      expect(await statusOf((done) => sftp.rename(outside, '/in/x', done))).toBe(STATUS_CODE.PERMISSION_DENIED);
      expect(await statusOf((done) => sftp.setstat(outside, { size: 0 }, done))).toBe(STATUS_CODE.PERMISSION_DENIED);
    }
    expect(await statusOf((done) => sftp.opendir('/in/link-to-folder', done))).toBe(STATUS_CODE.PERMISSION_DENIED);
    expect(await statusOf((done) => sftp.symlink('/etc/passwd', '/in/new', done))).toBe(STATUS_CODE.OP_UNSUPPORTED);
    expect(await statusOf((done) => sftp.readlink('/in/link-to-file', done))).toBe(STATUS_CODE.OP_UNSUPPORTED);
    expect(await readFile(path.join(secret, 'file'), 'utf8')).toBe('secret');
    const names = await new Promise((resolve) =>
      sftp.readdir('/in', (_error, list) => resolve(list.map(({ filename }) => filename))),
    );
    expect(names).toEqual([]);
  });

  it("keeps the top of a partner's box as it is", async () => {
    await start();
    const { sftp } = await connectRaw();
    expect(await statusOf((done) => sftp.rmdir('/out', done))).toBe(STATUS_CODE.PERMISSION_DENIED);
    expect(await statusOf((done) => sftp.rename('/in', '/out/in', done))).toBe(STATUS_CODE.PERMISSION_DENIED);
    expect(await statusOf((done) => sftp.open('/flux.xml', 'w', done))).toBe(STATUS_CODE.PERMISSION_DENIED);
    expect((await readdir(path.join(boxes, 'APP001'))).sort()).toEqual(['in', 'out']);
  });

  it('gives neither a shell, nor a command, nor a forwarded connection', async () => {
    await start();
    const { client } = await connectRaw();
    const failure = (run: (done: (error?: Error) => void) => void): Promise<string> =>
      new Promise((resolve) => run((error) => resolve(error?.message ?? 'accepted')));
    expect(await failure((done) => client.shell(done))).toMatch(/unable to/i);
    expect(await failure((done) => client.exec('id', done))).toMatch(/unable to/i);
    const forwarded = await failure((done) => client.forwardOut('127.0.0.1', 1, '127.0.0.1', server.port, done));
    expect(forwarded).toMatch(/open failure/i);
    expect(await failure((done) => client.forwardIn('127.0.0.1', 0, done))).toMatch(/unable to/i);
  });

  it('accepts the right password, refuses a wrong password, a wrong key and an unknown user', async () => {
    await start();
    const attempt = async (username: string, credentials: { password?: string; privateKey?: string }) => {
      const client = quietClient();
      const target = { host: '127.0.0.1', port: server.port, username, ...credentials };
      return client.connect(target).then(
        () => client.end().then(() => 'accepted'),
        () => 'refused',
      );
    };
    expect(await attempt('alpha', { password: 'mot de passe' })).toBe('accepted');
    expect(await attempt('alpha', { password: 'autre' })).toBe('refused');
    expect(await attempt('beta', { password: '' })).toBe('refused');
    expect(await attempt('alpha', { privateKey: strangerKey.privateKey })).toBe('refused');
    expect(await attempt('repons', { privateKey: partnerKey.privateKey })).toBe('refused');
    expect(await attempt('nobody', { password: 'mot de passe' })).toBe('refused');
    expect(log.filter(({ event }) => event === 'sftp_login')).toHaveLength(1);
    expect(log.filter(({ event }) => event === 'sftp_login_refused')).toHaveLength(5);
  });

  it('opens no box whose code could name another folder', async () => {
    await start();
    const client = quietClient();
    client.on('error', () => undefined);
    const target = { host: '127.0.0.1', port: server.port, username: 'evil', privateKey: partnerKey.privateKey };
    await expect(client.connect(target)).rejects.toThrow();
    expect(log).toContainEqual(
      expect.objectContaining({
        event: 'sftp_login_refused',
        username: 'evil',
        reason: 'Error: not an application code: "../APP001"',
      }),
    );
    expect(await readdir(folder.path)).not.toContain('APP001');
  });

  it('bounds the open files of a session and the size of a file', async () => {
    await start({ maxOpenHandles: 3, maxFileBytes: 1000 });
    const { sftp } = await connectRaw();
    const open = (name: string, mode: 'w' | 'a' = 'w'): Promise<Buffer> =>
      new Promise((resolve, reject) =>
        sftp.open(name, mode, (error, handle) => (error ? reject(error) : resolve(handle))),
      );
    const handles = await Promise.all(['/in/a', '/in/b', '/in/c'].map((name) => open(name)));
    await expect(open('/in/d')).rejects.toThrow('Trop de fichiers ouverts');
    const [first, second] = handles as [Buffer, Buffer];
    expect(await statusOf((done) => sftp.write(first, Buffer.alloc(1000), 0, 1000, 0, done))).toBe(STATUS_CODE.OK);
    expect(await statusOf((done) => sftp.write(first, Buffer.alloc(1), 0, 1, 1000, done))).toBe(STATUS_CODE.FAILURE);
    expect(await statusOf((done) => sftp.fsetstat(first, { size: 1001 }, done))).toBe(STATUS_CODE.FAILURE);
    expect(await statusOf((done) => sftp.close(first, done))).toBe(STATUS_CODE.OK);
    const appended = await open('/in/a', 'a');
    expect(await statusOf((done) => sftp.write(appended, Buffer.alloc(1), 0, 1, 0, done))).toBe(STATUS_CODE.FAILURE);
    expect((await stat(path.join(boxes, 'APP001/in/a'))).size).toBe(1000);
    expect(await statusOf((done) => sftp.close(second, done))).toBe(STATUS_CODE.OK);
    expect(await statusOf((done) => sftp.close(second, done))).toBe(STATUS_CODE.FAILURE);
  });

  it('puts blocks appended at once in the order in which they were sent', async () => {
    await start();
    const { sftp } = await connectRaw();
    const content = randomBytes(64 * 8_192);
    const handle = await new Promise<Buffer>((resolve, reject) =>
      sftp.open('/in/appended', 'a', (error, opened) => (error ? reject(error) : resolve(opened))),
    );
    const block = (from: number): Promise<number> =>
      statusOf((done) => sftp.write(handle, content, from, 8_192, 0, done));
    const statuses = await Promise.all(Array.from({ length: 64 }, (_, rank) => block(rank * 8_192)));
    expect(new Set(statuses)).toEqual(new Set([STATUS_CODE.OK]));
    expect(await statusOf((done) => sftp.close(handle, done))).toBe(STATUS_CODE.OK);
    expect(content.equals(await readFile(path.join(boxes, 'APP001/in/appended')))).toBe(true);
  });

  it('respects the flags of OPEN', async () => {
    await start();
    const { sftp } = await connectRaw();
    await writeFile(path.join(boxes, 'APP001/in/kept'), 'contenu');
    const { READ, WRITE, CREAT, EXCL } = OPEN_MODE;
    const open = (name: string, flags: number): Promise<number> => statusOf((done) => sftp.open(name, flags, done));
    expect(await open('/in/kept', WRITE | CREAT | EXCL)).toBe(STATUS_CODE.FAILURE);
    expect(await open('/in/absent', WRITE)).toBe(STATUS_CODE.NO_SUCH_FILE);
    expect(await open('/in', READ)).toBe(STATUS_CODE.FAILURE);
    expect(await open('/in/kept', READ | WRITE)).toBe(STATUS_CODE.OK);
    expect(await onDisk('APP001/in/kept')).toBe('contenu');
  });

  it('closes a connection that asks nothing any more', async () => {
    await start({ idleTimeoutMs: 300 });
    const { client } = await connectRaw();
    await new Promise<void>((resolve) => client.once('close', () => resolve()));
    expect(log.map(({ event }) => event)).toContain('sftp_idle');
  });

  it('keeps its host key from one start to the next, and tells the fingerprint that clients see', async () => {
    await start();
    const keys = path.join(folder.path, 'keys');
    const key = await ensureHostKey(keys);
    expect(fingerprintOf(key)).toBe(server.hostKeyFingerprint);
    expect(fingerprintOf(await readFile(path.join(keys, 'ssh_host_ed25519_key.pub'), 'utf8'))).toBe(fingerprintOf(key));
    expect((await stat(path.join(keys, 'ssh_host_ed25519_key'))).mode & 0o777).toBe(0o600);
    let seen = '';
    const client = quietClient();
    await client.connect({
      host: '127.0.0.1',
      port: server.port,
      username: 'alpha',
      privateKey: partnerKey.privateKey,
      hostHash: 'sha256',
      hostVerifier: (hash: string) => {
        seen = hash;
        return true;
      },
    });
    await client.end();
    expect(`SHA256:${Buffer.from(seen, 'hex').toString('base64').replace('=', '')}`).toBe(server.hostKeyFingerprint);
  });
});
