import { constants } from 'node:fs';
import { lstat, mkdir, open, opendir, rename, rmdir, truncate, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import ssh2, { type Attributes, type FileEntry, type SFTPWrapper } from 'ssh2';
import type { SftpBox } from './sftp-box.js';
import { SftpHandles, type OpenFile } from './sftp-handles.js';
import { attributesOf, listingLine, refusal, STATUS, statusOf } from './sftp-status.js';

/** What one session may use. */
export interface SftpSessionLimits {
  /** files and folders open at once */
  readonly maxOpenHandles: number;
  /** bytes of the largest file a client may write */
  readonly maxFileBytes: number;
}

/** What a session did, for the log. */
export interface SftpFileEvent {
  readonly event: 'sftp_stored' | 'sftp_renamed' | 'sftp_removed';
  readonly path: string;
  readonly newPath?: string;
  readonly bytes?: number;
}

/** OpenSSH's own largest answer to a READ: what clients are tuned for, and within the 256 KiB packet they accept. */
const MAX_READ_BYTES = 261_120;
const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;
const NAMES_PER_ANSWER = 128;
/** A client that asks without reading the answers, or writes faster than the disk, is cut off at about 128 MB. */
const MAX_UNSENT_ANSWERS = 512;
const MAX_UNWRITTEN_BYTES = 128 * 1024 * 1024;
const MODE = ssh2.utils.sftp.OPEN_MODE;
// Absent on Windows, where neither links nor pipes can be put in a box through this server.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;

/**
 * Operations that make a name appear, one at a time over all the sessions: "is the name free" and "take it" must be one
 * step, or two clients would both believe they hold the same name.
 */
let namesInTurn: Promise<unknown> = Promise.resolve();
function inTurn<Result>(operation: () => Promise<Result>): Promise<Result> {
  const result = namesInTurn.then(operation);
  namesInTurn = result.catch(() => undefined);
  return result;
}

/**
 * One SFTP version 3 session (draft-ietf-secsh-filexfer-02) over a box. Links can be neither made nor read; RENAME never
 * overwrites, which is what makes a rename a claim; a file that was written is on the disk before its CLOSE is answered.
 */
export class SftpSession {
  private readonly handles: SftpHandles;
  private readonly freeBuffers: Buffer[] = [];
  private unwrittenBytes = 0;

  /**
   * @param sftp - the client's channel
   * @param box - what the client sees
   * @param limits - what it may use
   * @param onRequest - called at every request, for the idle time
   * @param onFileEvent - called after a file was stored, renamed or removed
   */
  constructor(
    private readonly sftp: SFTPWrapper,
    private readonly box: SftpBox,
    private readonly limits: SftpSessionLimits,
    private readonly onRequest: () => void,
    private readonly onFileEvent: (event: SftpFileEvent) => void,
  ) {
    this.handles = new SftpHandles(limits.maxOpenHandles);
    this.listen();
  }

  /** Closes the files the client left open. */
  async close(): Promise<void> {
    await this.handles.closeAll();
  }

  private listen(): void {
    const { sftp } = this;
    sftp.on('OPEN', (id, file, flags) => this.answer(id, () => this.openFile(id, file, flags)));
    sftp.on('READ', (id, handle, offset, length) => this.answer(id, () => this.read(id, handle, offset, length)));
    sftp.on('WRITE', (id, handle, offset, data) => this.answer(id, () => this.write(id, handle, offset, data)));
    sftp.on('CLOSE', (id, handle) => this.answer(id, () => this.closeHandle(id, handle)));
    sftp.on('STAT', (id, file) => this.answer(id, () => this.stat(id, file)));
    sftp.on('LSTAT', (id, file) => this.answer(id, () => this.stat(id, file)));
    sftp.on('FSTAT', (id, handle) => this.answer(id, () => this.statHandle(id, handle)));
    sftp.on('SETSTAT', (id, file, wanted) => this.answer(id, () => this.setAttributes(id, file, wanted)));
    sftp.on('FSETSTAT', (id, handle, wanted) => this.answer(id, () => this.setHandleAttributes(id, handle, wanted)));
    sftp.on('OPENDIR', (id, folder) => this.answer(id, () => this.openFolder(id, folder)));
    sftp.on('READDIR', (id, handle) => this.answer(id, () => this.list(id, handle)));
    sftp.on('REALPATH', (id, file) => this.answer(id, () => this.canonicalise(id, file)));
    sftp.on('RENAME', (id, from, to) => this.answer(id, () => this.rename(id, from, to)));
    sftp.on('REMOVE', (id, file) => this.answer(id, () => this.remove(id, file)));
    sftp.on('MKDIR', (id, folder) => this.answer(id, () => this.makeFolder(id, folder)));
    sftp.on('RMDIR', (id, folder) => this.answer(id, () => this.removeFolder(id, folder)));
    // Without this, OpenSSH clients finish the transfer and then wait for ever.
    sftp.on('end', () => sftp.end());
  }

  private answer(id: number, operation: () => Promise<void> | void): void {
    this.onRequest();
    // ssh2 keeps the answers that the client's window does not take yet; it has no public count of them.
    const unsent = (this.sftp as unknown as { _buffer?: unknown[] })._buffer?.length ?? 0;
    if (unsent > MAX_UNSENT_ANSWERS || this.unwrittenBytes > MAX_UNWRITTEN_BYTES) {
      this.sftp.end();
      return;
    }
    void (async () => {
      try {
        await operation();
      } catch (error) {
        const { code, message } = statusOf(error);
        this.sftp.status(id, code, message);
      }
    })();
  }

  private async openFile(id: number, requested: string, flags: number): Promise<void> {
    const isWriting = (flags & (MODE.WRITE | MODE.APPEND)) !== 0;
    const place = await (isWriting ? this.box.locateToChange(requested) : this.box.locate(requested));
    const opening = async (): Promise<OpenFile> => {
      const file = await open(place, systemFlags(flags) | O_NOFOLLOW | O_NONBLOCK, FILE_MODE);
      const found = await file.stat();
      if (!found.isFile()) {
        await file.close();
        throw refusal('FAILURE', "Ce n'est pas un fichier");
      }
      const isAppending = (flags & MODE.APPEND) !== 0;
      return { kind: 'file', file, path: this.box.canonicalPath(requested), isAppending, written: 0, end: found.size };
    };
    const makesName = isWriting && (flags & MODE.CREAT) !== 0;
    this.sftp.handle(id, await this.handles.add(() => (makesName ? inTurn(opening) : opening())));
  }

  private async read(id: number, handle: Buffer, offset: number, length: number): Promise<void> {
    const { file } = this.handles.file(handle);
    // `data` copies the bytes into its packet, so that the same few buffers serve every READ.
    const buffer = this.freeBuffers.pop() ?? Buffer.allocUnsafeSlow(MAX_READ_BYTES);
    try {
      const { bytesRead } = await file.read(buffer, 0, Math.min(length, MAX_READ_BYTES), offset);
      if (bytesRead === 0) this.sftp.status(id, STATUS.EOF);
      else this.sftp.data(id, buffer.subarray(0, bytesRead));
    } finally {
      this.freeBuffers.push(buffer);
    }
  }

  private async write(id: number, handle: Buffer, offset: number, data: Buffer): Promise<void> {
    const opened = this.handles.file(handle);
    const start = opened.isAppending ? opened.end : offset;
    this.refuseAboveLimit(start + data.length);
    if (opened.isAppending) opened.end += data.length;
    this.unwrittenBytes += data.length;
    try {
      for (let done = 0; done < data.length;) {
        const { bytesWritten } = await opened.file.write(data, done, data.length - done, start + done);
        done += bytesWritten;
      }
    } finally {
      this.unwrittenBytes -= data.length;
    }
    opened.written += data.length;
    this.sftp.status(id, STATUS.OK);
  }

  private async closeHandle(id: number, handle: Buffer): Promise<void> {
    const opened = this.handles.take(handle);
    if (opened.kind === 'folder') {
      await opened.folder.close();
    } else {
      const { file, path: stored, written } = opened;
      try {
        // The sender believes the deposit made once CLOSE is answered: it must survive a power cut.
        if (written > 0) await file.sync();
      } finally {
        await file.close();
      }
      if (written > 0) this.onFileEvent({ event: 'sftp_stored', path: stored, bytes: written });
    }
    this.sftp.status(id, STATUS.OK);
  }

  private async stat(id: number, requested: string): Promise<void> {
    this.sftp.attrs(id, attributesOf(await lstat(await this.box.locate(requested))));
  }

  private async statHandle(id: number, handle: Buffer): Promise<void> {
    this.sftp.attrs(id, attributesOf(await this.handles.file(handle).file.stat()));
  }

  /** Sizes and times are taken; modes and owners are the platform's, accepted and ignored as clients always send them. */
  private async setAttributes(id: number, requested: string, wanted: Partial<Attributes>): Promise<void> {
    const place = await this.box.locateToChange(requested);
    await lstat(place);
    if (wanted.size !== undefined) {
      this.refuseAboveLimit(wanted.size);
      await truncate(place, wanted.size);
    }
    if (wanted.atime !== undefined && wanted.mtime !== undefined) await utimes(place, wanted.atime, wanted.mtime);
    this.sftp.status(id, STATUS.OK);
  }

  private async setHandleAttributes(id: number, handle: Buffer, wanted: Partial<Attributes>): Promise<void> {
    const { file } = this.handles.file(handle);
    if (wanted.size !== undefined) {
      this.refuseAboveLimit(wanted.size);
      await file.truncate(wanted.size);
    }
    if (wanted.atime !== undefined && wanted.mtime !== undefined) await file.utimes(wanted.atime, wanted.mtime);
    this.sftp.status(id, STATUS.OK);
  }

  private refuseAboveLimit(bytes: number): void {
    if (bytes > this.limits.maxFileBytes) throw refusal('FAILURE', 'Fichier plus grand que la taille admise');
  }

  private async openFolder(id: number, requested: string): Promise<void> {
    const place = await this.box.locate(requested);
    const handle = await this.handles.add(async () => ({ kind: 'folder', folder: await opendir(place), place }));
    this.sftp.handle(id, handle);
  }

  private async list(id: number, handle: Buffer): Promise<void> {
    const { folder, place } = this.handles.folder(handle);
    const entries: FileEntry[] = [];
    let hasMore = true;
    while (hasMore && entries.length < NAMES_PER_ANSWER) {
      const entry = await folder.read();
      hasMore = entry !== null;
      if (entry === null || !(entry.isFile() || entry.isDirectory())) continue;
      const found = await lstat(path.join(place, entry.name)).catch(() => undefined);
      // Undefined: taken away since its name was read.
      if (found === undefined) continue;
      entries.push({
        filename: entry.name,
        longname: listingLine(entry.name, found),
        attrs: attributesOf(found),
      });
    }
    if (entries.length === 0) this.sftp.status(id, STATUS.EOF);
    else this.sftp.name(id, entries);
  }

  private canonicalise(id: number, requested: string): void {
    const filename = this.box.canonicalPath(requested);
    // The answer carries a dummy attributes field (section 6.11): no field at all is what ssh2 writes for null.
    const attrs = null as unknown as Attributes;
    this.sftp.name(id, [{ filename, longname: filename, attrs }]);
  }

  private async rename(id: number, from: string, to: string): Promise<void> {
    const [source, target] = [await this.box.locateToChange(from), await this.box.locateToChange(to)];
    await inTurn(async () => {
      const isTaken = await lstat(target).then(
        () => true,
        () => false,
      );
      await lstat(source);
      if (isTaken) throw refusal('FAILURE', 'Ce nom est déjà pris');
      await rename(source, target);
    });
    this.onFileEvent({
      event: 'sftp_renamed',
      path: this.box.canonicalPath(from),
      newPath: this.box.canonicalPath(to),
    });
    this.sftp.status(id, STATUS.OK);
  }

  private async remove(id: number, requested: string): Promise<void> {
    await unlink(await this.box.locateToChange(requested));
    this.onFileEvent({ event: 'sftp_removed', path: this.box.canonicalPath(requested) });
    this.sftp.status(id, STATUS.OK);
  }

  private async makeFolder(id: number, requested: string): Promise<void> {
    const place = await this.box.locateToChange(requested);
    await inTurn(() => mkdir(place, FOLDER_MODE));
    this.sftp.status(id, STATUS.OK);
  }

  private async removeFolder(id: number, requested: string): Promise<void> {
    await rmdir(await this.box.locateToChange(requested));
    this.sftp.status(id, STATUS.OK);
  }
}

/**
 * Section 6.3: the flags of OPEN, as the system's own. Without O_APPEND: Linux would then ignore the places that `write`
 * gives to blocks under way at once, and put them in the order in which they happen to be written.
 */
function systemFlags(flags: number): number {
  const writes = (flags & (MODE.WRITE | MODE.APPEND)) !== 0;
  const reads = (flags & MODE.READ) !== 0;
  let result = writes ? (reads ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY;
  if (!writes) return result;
  if (flags & MODE.CREAT) result |= constants.O_CREAT;
  if (flags & MODE.TRUNC) result |= constants.O_TRUNC;
  if (flags & MODE.EXCL) result |= constants.O_EXCL;
  return result;
}
