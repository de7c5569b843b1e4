import { open, type FileHandle } from 'node:fs/promises';
import type { Finding } from '../finding/finding.js';
import type { IndexEntry } from './index-entry.js';

/** A place in an index that is being written, to come back to. */
export interface IndexMark {
  readonly bytes: number;
  readonly count: number;
  readonly refused: number;
}

/** SHA-256 of no bytes, for an entry whose bytes were not kept. */
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const flushAt = 256 * 1024;

/** Writes the index of a container, one JSON line per entry, holding only the lines not yet flushed. */
export class IndexWriter {
  #lines: string[] = [];
  #pendingBytes = 0;
  #flushedBytes = 0;
  #count = 0;
  #refused = 0;

  private constructor(private readonly file: FileHandle) {}

  /** Starts an index, replacing what a crashed attempt may have left. */
  static async create(path: string): Promise<IndexWriter> {
    return new IndexWriter(await open(path, 'w'));
  }

  get count(): number {
    return this.#count;
  }

  get refused(): number {
    return this.#refused;
  }

  /** Adds an entry; its rank is the next one. */
  add(entry: Omit<IndexEntry, 'rank'>): void {
    const line = `${JSON.stringify({ rank: this.#count, ...entry })}\n`;
    this.#lines.push(line);
    this.#pendingBytes += Buffer.byteLength(line);
    this.#count++;
    if (entry.refusal !== undefined) this.#refused++;
  }

  /** Adds a member of which nothing was kept but the reason. */
  addRefused(member: string, refusal: Finding): void {
    this.add({ offset: 0, length: 0, sha256: emptySha256, member, kind: 'refused', context: null, refusal });
  }

  /** Writes what is pending once it is worth a system call; to be awaited between chunks. */
  async flush(force = false): Promise<void> {
    if (this.#pendingBytes === 0 || (!force && this.#pendingBytes < flushAt)) return;
    const bytes = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    this.#pendingBytes = 0;
    const position = this.#flushedBytes;
    this.#flushedBytes += bytes.length;
    await this.file.write(bytes, 0, bytes.length, position);
  }

  /** Remembers this place. */
  mark(): IndexMark {
    return { bytes: this.#flushedBytes + this.#pendingBytes, count: this.#count, refused: this.#refused };
  }

  /** Takes back every entry since the mark: a member that fails at its end must not let in its first half. */
  rollBack(mark: IndexMark): void {
    const pending = Buffer.from(this.#lines.join('')).subarray(0, Math.max(mark.bytes - this.#flushedBytes, 0));
    this.#lines = pending.length === 0 ? [] : [pending.toString('utf8')];
    this.#pendingBytes = pending.length;
    this.#flushedBytes = Math.min(this.#flushedBytes, mark.bytes);
    this.#count = mark.count;
    this.#refused = mark.refused;
  }

  /** Writes the rest, makes it durable and closes the file. */
  async finish(): Promise<void> {
    await this.flush(true);
    await this.file.truncate(this.#flushedBytes);
    await this.file.sync();
    await this.file.close();
  }

  /** Closes the file of a container that was refused. */
  async abandon(): Promise<void> {
    await this.file.close();
  }
}
