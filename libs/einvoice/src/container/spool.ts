import { open, type FileHandle } from 'node:fs/promises';

const flushAt = 1024 ** 2;

/** A file in the work folder that keeps the bytes that pass two will read when the source itself cannot give them. */
export class Spool {
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #written = 0;

  private constructor(
    readonly path: string,
    /** Open for reading and writing; flush before reading. */
    readonly file: FileHandle,
  ) {}

  /** Starts a spool, replacing what a crashed attempt may have left. */
  static async create(path: string): Promise<Spool> {
    return new Spool(path, await open(path, 'w+'));
  }

  /** Number of bytes so far: the offset of the next one. */
  get length(): number {
    return this.#written + this.#pendingBytes;
  }

  /** Adds bytes. They are kept as they are until the next flush: the caller must not use the buffer again before. */
  async append(bytes: Buffer): Promise<void> {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= flushAt) await this.flush();
  }

  /** Writes what is pending. */
  async flush(): Promise<void> {
    if (this.#pendingBytes === 0) return;
    const bytes = Buffer.concat(this.#pending);
    const position = this.#written;
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#written += bytes.length;
    await this.file.write(bytes, 0, bytes.length, position);
  }

  /** Makes the bytes durable and closes the file. */
  async finish(): Promise<void> {
    await this.flush();
    await this.file.sync();
    await this.file.close();
  }
}
