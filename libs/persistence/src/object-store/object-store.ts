import type { Readable } from 'node:stream';

/** What is known of stored bytes: their SHA-256 (64 lower-case hexadecimal digits), which names them, and their size. */
export interface StoredObject {
  readonly sha256: string;
  readonly size: number;
}

/** A part of an object, in bytes. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * Where the bytes of deposited flows are kept, named by their content: what is once written is never changed, and the
 * same bytes are kept once. The event that cites an object is appended only after {@link ObjectStore.put} has returned
 * (R40), so an object without an event may exist, an event without its object may not.
 */
export interface ObjectStore {
  /**
   * Keeps a stream of bytes. Returns once they would survive a loss of power; the same bytes may be put again, also at
   * the same time.
   *
   * @throws ObjectTooLarge as soon as one byte more than `maxBytes` has come (R41); nothing is left behind, as for any
   *   other failure
   */
  put(bytes: AsyncIterable<Buffer>, options: { readonly maxBytes: number }): Promise<StoredObject>;
  /**
   * Opens an object, or a part of it, for reading. The stream holds a descriptor or a connection until it ends or is
   * destroyed.
   *
   * @throws ObjectMissing
   * @throws RangeError when the part is not wholly inside the object
   */
  open(sha256: string, range?: ByteRange): Promise<Readable>;
  /** Size of an object, or null when it is not there. */
  stat(sha256: string): Promise<StoredObject | null>;
  /**
   * Path of a local file with the bytes, for what must read here and there in it (ZIP directories). It must not be
   * written to, and may be the store's own file.
   *
   * @param scratchFolder where a copy may be made; it is the caller's to empty
   * @throws ObjectMissing
   * @throws ObjectDamaged when the copy is not what its name says
   */
  localCopy(sha256: string, scratchFolder: string): Promise<string>;
  /**
   * Reads all bytes of an object again.
   *
   * @throws ObjectMissing
   * @throws ObjectDamaged when they are not those that the name stands for
   */
  verify(sha256: string): Promise<StoredObject>;
  /**
   * Removes the temporary files that crashes left, when they have not been touched for a day.
   *
   * @param now the present moment
   * @returns how many were removed
   */
  sweepLeftovers(now: Date): Promise<number>;
}

/** More bytes came than the caller allowed. */
export class ObjectTooLarge extends Error {
  readonly code = 'OBJECT_TOO_LARGE';
  override readonly name = 'ObjectTooLarge';
  constructor(readonly maxBytes: number) {
    super(`more than the ${maxBytes} bytes allowed`);
  }
}

/** The store holds no object of this name. */
export class ObjectMissing extends Error {
  readonly code = 'OBJECT_MISSING';
  override readonly name = 'ObjectMissing';
  constructor(readonly sha256: string) {
    super(`no object ${sha256}`);
  }
}

/** Stored bytes are not those that their name stands for: a fault of the medium, or tampering. */
export class ObjectDamaged extends Error {
  readonly code = 'OBJECT_DAMAGED';
  override readonly name = 'ObjectDamaged';
  constructor(
    readonly sha256: string,
    found: string,
  ) {
    super(`object ${sha256} is damaged: ${found}`);
  }
}

/**
 * Guards everything that is made from an object's name: only 64 lower-case hexadecimal digits ever become a path or a
 * key, so that no text of a partner can.
 *
 * @throws TypeError for anything else
 */
export function requireSha256(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new TypeError('an object is named by 64 lower-case hexadecimal digits');
  return text;
}

/**
 * @throws RangeError when a range is not of whole numbers, or not wholly inside an object of that size
 */
export function requireRangeInside({ offset, length }: ByteRange, size: number): void {
  const isWhole = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!isWhole || offset + length > size) {
    throw new RangeError(`bytes ${offset} to ${offset + length} are not inside an object of ${size} bytes`);
  }
}
