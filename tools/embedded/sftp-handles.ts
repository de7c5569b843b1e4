import type { Dir } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { refusal } from './sftp-status.js';

/** A file a client has opened. */
export interface OpenFile {
  readonly kind: 'file';
  readonly file: FileHandle;
  /** path as the client sees it */
  readonly path: string;
  readonly isAppending: boolean;
  /** bytes written through this handle */
  written: number;
  /** end of the file when it is appended to */
  end: number;
}

/** A folder a client is listing. */
export interface OpenFolder {
  readonly kind: 'folder';
  readonly folder: Dir;
  /** place on the disk */
  readonly place: string;
}

/** The files and folders that one session holds open, up to a limit: a session must not exhaust the server's. */
export class SftpHandles {
  private readonly open = new Map<number, OpenFile | OpenFolder>();
  private reserved = 0;
  private last = 0;

  /** @param limit - handles one session may hold */
  constructor(private readonly limit: number) {}

  /**
   * Opens something under a new handle.
   *
   * @param opening - opens it; called only when the limit allows one more
   * @returns the four bytes that name it
   * @throws SftpRefusal above the limit, and whatever `opening` throws
   */
  async add(opening: () => Promise<OpenFile | OpenFolder>): Promise<Buffer> {
    if (this.open.size + this.reserved >= this.limit) throw refusal('FAILURE', 'Trop de fichiers ouverts à la fois');
    this.reserved += 1;
    try {
      const opened = await opening();
      this.last += 1;
      this.open.set(this.last, opened);
      const name = Buffer.alloc(4);
      name.writeUInt32BE(this.last);
      return name;
    } finally {
      this.reserved -= 1;
    }
  }

  /** @throws SftpRefusal when the handle does not name an open file */
  file(name: Buffer): OpenFile {
    const found = this.open.get(numberOf(name));
    if (found?.kind !== 'file') throw unknownHandle();
    return found;
  }

  /** @throws SftpRefusal when the handle does not name an open folder */
  folder(name: Buffer): OpenFolder {
    const found = this.open.get(numberOf(name));
    if (found?.kind !== 'folder') throw unknownHandle();
    return found;
  }

  /**
   * Forgets a handle and gives what it named, for the caller to close.
   *
   * @throws SftpRefusal when the handle names nothing
   */
  take(name: Buffer): OpenFile | OpenFolder {
    const number = numberOf(name);
    const found = this.open.get(number);
    if (found === undefined) throw unknownHandle();
    this.open.delete(number);
    return found;
  }

  /** Closes whatever the session left open. */
  async closeAll(): Promise<void> {
    const left = [...this.open.values()];
    this.open.clear();
    await Promise.allSettled(left.map((opened) => (opened.kind === 'file' ? opened.file : opened.folder).close()));
  }
}

function numberOf(name: Buffer): number {
  return name.length === 4 ? name.readUInt32BE(0) : 0;
}

function unknownHandle(): Error {
  return refusal('FAILURE', 'Ce fichier est déjà fermé');
}
