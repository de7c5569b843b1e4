import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporary-folder.js';
import { folderTransport, mailTransport } from './mail-transport.js';

const FROM = 'repons@localhost.localdomain';

describe('folderTransport', () => {
  let temporary: TemporaryFolder;
  beforeEach(async () => (temporary = await createTemporaryFolder('mails')));
  afterEach(() => temporary.remove());

  it('R01 writes each mail as a file of its own, for its owner alone, with its links whole', async () => {
    const folder = join(temporary.path, 'mails');
    const transport = mailTransport({ way: { kind: 'folder', path: folder }, from: FROM });
    await transport.verify();
    const link = `https://portail.exemple/activation#${'j'.repeat(43)}`;
    const to = { name: 'Chloé\r\nBcc: x@y.z', address: 'chloe@mairie.exemple' };
    for (const id of ['1', '2']) await transport.send({ id, to, subject: 'Activez', text: `Ouvrez ${link}` });
    const names = (await readdir(folder)).sort();
    expect(names).toHaveLength(2);
    const path = join(folder, names[0] ?? '');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect(lines[1]).toMatch(/^À : Chloé .*<chloe@mairie\.exemple>$/);
    expect(lines.filter((line) => line.startsWith('Bcc'))).toEqual([]);
    expect(lines).toContain(`Ouvrez ${link}`);
  });

  it('R01 fails where the folder cannot be made, so that the mail stays in the outbox', async () => {
    const transport = folderTransport('/dev/null/mails', FROM);
    await expect(transport.verify()).rejects.toThrow();
  });
});
