import { lstat, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { SftpAccount } from './sftp-accounts.js';
import { refusal } from './sftp-status.js';

/** Letters, digits, hyphen and underscore: an application code is one name in the folder of boxes, never a path. */
const APPLICATION_CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Control characters would forge lines in listings and logs; a backslash separates folders on Windows. */
// eslint-disable-next-line no-control-regex -- refusing them is the point
const UNSAFE_NAME = /[\u0000-\u001f\u007f\\]/;

/**
 * The part of the disk one account sees, as an absolute tree of its own: `/in/flow.xml`. Nothing outside can be named,
 * and no symbolic link is followed, wherever it points.
 */
export class SftpBox {
  private constructor(
    private readonly root: string,
    private readonly isTopProtected: boolean,
  ) {}

  /**
   * Opens the box of an account, creating the `in` and `out` folders of a partner's box.
   *
   * @param boxesFolder - folder of all the boxes
   * @param account - who will see it
   * @throws Error when the application code could name another folder
   */
  static async open(boxesFolder: string, account: SftpAccount): Promise<SftpBox> {
    await mkdir(boxesFolder, { recursive: true, mode: 0o750 });
    const all = await realpath(boxesFolder);
    if (account.kind === 'operator') return new SftpBox(all, false);
    if (!APPLICATION_CODE.test(account.applicationCode)) {
      throw new Error(`not an application code: ${JSON.stringify(account.applicationCode)}`);
    }
    const root = path.join(all, account.applicationCode);
    for (const folder of ['in', 'out']) await mkdir(path.join(root, folder), { recursive: true, mode: 0o750 });
    if ((await realpath(root)) !== root) throw new Error(`the box ${account.applicationCode} is a symbolic link`);
    return new SftpBox(root, true);
  }

  /**
   * Canonical form of a path, as REALPATH gives it: `..` is resolved within the box and stops at its top.
   *
   * @param requested - path from the client, absolute or relative to the top of the box
   */
  canonicalPath(requested: string): string {
    const canonical = path.posix.normalize(`/${requested}`);
    return canonical.length > 1 && canonical.endsWith('/') ? canonical.slice(0, -1) : canonical;
  }

  /**
   * Place on the disk of a path that an operation names.
   *
   * @param requested - path from the client
   * @returns an absolute path none of whose components, the last included, is a symbolic link
   * @throws SftpRefusal for `..`, for unsafe names, for symbolic links
   */
  async locate(requested: string): Promise<string> {
    const names = requested.split('/').filter((name) => name !== '' && name !== '.');
    if (names.some((name) => name === '..' || UNSAFE_NAME.test(name))) {
      throw refusal('PERMISSION_DENIED', 'Nom refusé');
    }
    const place = path.join(this.root, ...names);
    if (names.length === 0) return place;
    const folder = path.dirname(place);
    if ((await realpath(folder)) !== folder) throw refusal('PERMISSION_DENIED', 'Lien symbolique refusé');
    const found = await lstat(place).catch(() => undefined);
    if (found?.isSymbolicLink() === true) throw refusal('PERMISSION_DENIED', 'Lien symbolique refusé');
    return place;
  }

  /**
   * As {@link locate}, for an operation that makes, moves or removes the name. The top of a partner's box is not the
   * partner's to arrange: `in` and `out` stay, and nothing is put beside them where nobody would look for it.
   *
   * @param requested - path from the client
   * @throws SftpRefusal when the name stands at the top of a partner's box, and as {@link locate}
   */
  async locateToChange(requested: string): Promise<string> {
    const place = await this.locate(requested);
    if (place === this.root || (this.isTopProtected && path.dirname(place) === this.root)) {
      throw refusal('PERMISSION_DENIED', 'Seuls les dossiers in et out sont à votre disposition');
    }
    return place;
  }
}
