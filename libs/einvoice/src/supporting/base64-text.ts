import type { TextStretch } from '../xml/element.js';

/** Characters of the text between two marks of the index: what a read at any place has to pass over at most. */
const markEvery = 64 * 1024;
/** Bytes of one slice; a multiple of three, so that each slice is whole groups of four characters. */
const sliceBytes = 48 * 1024;
const padding = 0x3d;

/** 1 for the characters of base64 (RFC 4648, section 4), 2 for the white space that XML lets stand among them, 0 otherwise. */
const kinds = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') {
  kinds[character.charCodeAt(0)] = 1;
}
for (const character of ' \t\n\r') kinds[character.charCodeAt(0)] = 2;

/**
 * A text in base64 (`xs:base64Binary`, which allows white space anywhere), decoded in slices: neither the text nor what it
 * holds is ever copied as a whole.
 */
export class Base64Text {
  /** Number of base64 characters before each multiple of {@link markEvery} characters of the stretch. */
  readonly #marks: number[];

  private constructor(
    private readonly stretch: TextStretch,
    marks: number[],
    /** Number of bytes that the text holds. */
    readonly bytes: number,
    /** Whether there is white space among the characters; without, none needs to be counted. */
    private readonly spaced: boolean,
  ) {
    this.#marks = marks;
  }

  /** Opens a text; null when it is not base64. */
  static open(stretch: TextStretch): Base64Text | null {
    const { source, start, end } = stretch;
    const marks: number[] = [];
    let characters = 0;
    let padded = 0;
    for (let at = start; at < end; at++) {
      if ((at - start) % markEvery === 0) marks.push(characters);
      const code = source.charCodeAt(at);
      const kind = code < 128 ? kinds[code] : 0;
      if (kind === 1 && padded === 0) characters++;
      else if (code === padding && padded < 2) padded++;
      else if (kind !== 2) return null;
    }
    const rest = characters % 4;
    if (rest === 1 || (padded > 0 && (rest + padded) % 4 !== 0)) return null;
    return new Base64Text(stretch, marks, Math.floor((characters * 3) / 4), characters + padded < end - start);
  }

  /**
   * Decodes a part.
   *
   * @param from first byte
   * @param length number of bytes; fewer are given at the end
   */
  read(from: number, length: number): Buffer {
    const to = Math.min(from + length, this.bytes);
    if (from >= to) return Buffer.alloc(0);
    const firstGroup = Math.floor(from / 3);
    const groups = Math.ceil(to / 3) - firstGroup;
    const decoded = this.#decode(this.#placeOf(firstGroup * 4), groups * 4).decoded;
    const skip = from - firstGroup * 3;
    return decoded.subarray(skip, skip + to - from);
  }

  /** Decodes a part, or all of it, slice by slice. */
  *slices(from = 0, end = this.bytes): Generator<Buffer, void, undefined> {
    const to = Math.min(end, this.bytes);
    if (from >= to) return;
    const firstGroup = Math.floor(from / 3);
    let at = this.#placeOf(firstGroup * 4);
    let position = firstGroup * 3;
    while (position < to) {
      const { decoded, next } = this.#decode(at, (sliceBytes / 3) * 4);
      yield decoded.subarray(Math.max(from - position, 0), to - position);
      position += decoded.length;
      at = next;
    }
  }

  /** Decodes that many characters, white space not counted, from a place in the source. */
  #decode(at: number, characters: number): { readonly decoded: Buffer; readonly next: number } {
    const { source, end } = this.stretch;
    let wanted = characters;
    let next = at;
    while (wanted > 0 && next < end) {
      const piece = source.slice(next, Math.min(next + wanted, end));
      next += piece.length;
      wanted -= this.spaced ? countCharacters(piece) : piece.length;
    }
    return { decoded: Buffer.from(source.slice(at, next), 'base64'), next };
  }

  /** Index in the source of the n-th base64 character. */
  #placeOf(characters: number): number {
    const { source, start } = this.stretch;
    let low = 0;
    let high = this.#marks.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((this.#marks[middle] ?? 0) <= characters) low = middle;
      else high = middle;
    }
    let at = start + low * markEvery;
    let passed = this.#marks[low] ?? 0;
    while (passed < characters) {
      if (kinds[source.charCodeAt(at)] === 1) passed++;
      at++;
    }
    return at;
  }
}

function countCharacters(piece: string): number {
  let count = 0;
  for (let at = 0; at < piece.length; at++) if (kinds[piece.charCodeAt(at)] !== 2) count++;
  return count;
}
