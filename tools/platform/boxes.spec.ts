import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { PartnerBoxes } from '../../apps/edi-worker/src/pick-up/partner-boxes.js';
import { createTemporaryFolder, type TemporaryFolder } from '../../test/support/temporary-folder.js';
import { ensureHostKey, generateSshKeyPair } from '../embedded/sftp-keys.js';
import { startSftpServer, type SftpServer } from '../embedded/sftp-server.js';

const key = generateSshKeyPair('operator');

describe('the worker on the boxes of the embedded server', () => {
  let folder: TemporaryFolder;
  let server: SftpServer;
  let boxes: PartnerBoxes;
  const opened: PartnerBoxes[] = [];

  beforeAll(async () => {
    folder = await createTemporaryFolder('boxes');
    await mkdir(path.join(folder.path, 'boxes/ABC123/in'), { recursive: true });
    server = await startSftpServer({
      hostKey: await ensureHostKey(path.join(folder.path, 'keys')),
      boxesFolder: path.join(folder.path, 'boxes'),
      lookup: (username) =>
        username === 'repons' ? { kind: 'operator', username, publicKeys: [key.publicKey] } : null,
    });
    boxes = open(server.hostKeyFingerprint);
  });

  afterAll(async () => {
    for (const one of opened) await one.close();
    await server.close();
    await folder.remove();
  });

  function open(SFTP_HOST_KEY: string): PartnerBoxes {
    const settings = { SFTP_URL: `sftp://repons@127.0.0.1:${server.port}/`, SFTP_PRIVATE_KEY: key.privateKey };
    const one = new PartnerBoxes({ ...settings, SFTP_HOST_KEY });
    opened.push(one);
    return one;
  }
  const onDisk = (...names: readonly string[]) => path.join(folder.path, 'boxes/ABC123', ...names);
  const patterned = (size: number): Buffer =>
    Buffer.from(Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 9)) % 256));

  it.each([0, 1, 3_000_017])('R41 reads the %i bytes of a file', async (size) => {
    const bytes = patterned(size);
    await writeFile(onDisk('in', `f${size}`), bytes);
    const chunks: Buffer[] = [];
    for await (const chunk of await boxes.read('ABC123', 'in', `f${size}`)) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    expect(await boxes.size('ABC123', 'in', `f${size}`)).toBe(size);
  });

  it('R40 fails on a file that shrinks while it is read', async () => {
    await writeFile(onDisk('in', 'shrinking'), patterned(20_000_000));
    const reading = async () => {
      let isFirst = true;
      for await (const chunk of await boxes.read('ABC123', 'in', 'shrinking')) {
        expect(chunk.length).toBeGreaterThan(0);
        if (isFirst) await truncate(onDisk('in', 'shrinking'), 12_000_000);
        isFirst = false;
      }
    };
    await expect(reading()).rejects.toThrow('shrank');
  });

  it('R40 fails on a file that is not there, and knows that it is not', async () => {
    const reading = async () => {
      for await (const chunk of await boxes.read('ABC123', 'in', 'nothing')) expect(chunk).toBeUndefined();
    };
    await expect(reading()).rejects.toThrow('introuvable');
    expect(await boxes.size('ABC123', 'in', 'nothing')).toBeNull();
  });

  it('R46 gives a file that two workers claim to one of them', async () => {
    const other = open(server.hostKeyFingerprint);
    for (let count = 0; count < 5; count += 1) {
      await writeFile(onDisk('in', `claimed-${count}`), 'x');
      const won = await Promise.all(
        [boxes, other].map((one, worker) =>
          one.move('ABC123', ['in', `claimed-${count}`], ['processing', `${worker}.${count}`]),
        ),
      );
      expect(won.filter((mine) => mine)).toHaveLength(1);
    }
    expect(await boxes.list('ABC123', 'processing')).toHaveLength(5);
  });

  it('R46 makes the folders that two workers want at the same moment', async () => {
    const other = open(server.hostKeyFingerprint);
    for (let count = 0; count < 10; count += 1) {
      const folder = `archive-${count}/jour`;
      await Promise.all(
        [boxes, other].map((one, worker) =>
          one.write('ABC123', folder, String(worker), Readable.from([Buffer.from('x')])),
        ),
      );
      expect(await boxes.list('ABC123', folder)).toHaveLength(2);
    }
  });

  it('R45 writes a whole file under its name, once: one that is there stays, without a moment of absence', async () => {
    for (const text of ['première version', 'la seconde'])
      await boxes.write('ABC123', 'out', 'rapport.xml', Readable.from([Buffer.from(text)]));
    expect(await readFile(onDisk('out', 'rapport.xml'), 'utf8')).toBe('première version');
    expect((await boxes.list('ABC123', 'out')).map(({ name }) => name)).toEqual(['rapport.xml']);
  });

  it('R40 lists files alone: no folder, and nothing of a folder that is not there', async () => {
    await mkdir(onDisk('in', 'dossier'), { recursive: true });
    const names = (await boxes.list('ABC123', 'in')).map(({ name }) => name);
    expect(names).toContain('f1');
    expect(names).not.toContain('dossier');
    expect(await boxes.list('ABC123', 'nowhere')).toEqual([]);
    expect(await boxes.list('XYZ789', 'in')).toEqual([]);
  });

  it('R50 does not speak to a server with another key', async () => {
    await expect(open('SHA256:AAAA').list('ABC123', 'in')).rejects.toThrow(/host/i);
    const changing = open(`SHA256:AAAA,${server.hostKeyFingerprint}`);
    await expect(changing.list('ABC123', 'in')).resolves.toEqual(expect.any(Array));
  });

  it('R40 connects again after the connection was lost', async () => {
    await boxes.close();
    expect((await boxes.list('ABC123', 'in')).length).toBeGreaterThan(0);
  });
});
