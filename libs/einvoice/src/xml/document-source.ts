import { scanAttributes, type XmlAttribute } from './attributes.js';
import { LineIndex } from './line-index.js';

const beyondAscii = /[\u0080-\uffff]/;
/** Longer texts are decoded by the platform, which takes a microsecond for the least. */
const longestByHand = 100;

/**
 * The document that elements were read from. Elements keep indexes into it instead of texts.
 *
 * A document in UTF-8 is held as its bytes, one to a character (ISO-8859-1): decoding 10 kB takes 18 µs, this 1.5 µs, the
 * indexes of bytes and characters are the same, and the few texts beyond ASCII are decoded when they are asked for.
 */
export class DocumentSource {
  #lines: LineIndex | null = null;

  /**
   * @param source the decoded document, or its UTF-8 one byte to a character
   * @param utf8 whether it is the latter
   */
  constructor(
    readonly source: string,
    private readonly utf8: boolean,
  ) {}

  /** The text between two indexes, decoded, references and line ends as they are written. */
  written(start: number, end: number): string {
    const part = this.source.slice(start, end);
    return this.utf8 && beyondAscii.test(part) ? decoded(part) : part;
  }

  /** Whether the characters between two indexes are those of the text: neither encoded nor written by references. */
  isLiteral(start: number, end: number): boolean {
    const part = this.source.slice(start, end);
    return !part.includes('&') && !(this.utf8 && beyondAscii.test(part));
  }

  /** Line of the character at this index, from 1. */
  lineAt(index: number): number {
    this.#lines ??= new LineIndex(this.source);
    return this.#lines.lineAt(index);
  }

  /** The attributes of the start tag at this index, as far as they can be read. */
  attributesAt(index: number): XmlAttribute[] {
    return scanAttributes(this.source, index);
  }
}

/** The text whose UTF-8 this is, one byte to a character; it is known to be valid. */
function decoded(bytes: string): string {
  if (bytes.length > longestByHand) return Buffer.from(bytes, 'latin1').toString('utf8');
  let text = '';
  let plainFrom = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes.charCodeAt(at);
    if (lead < 0x80) continue;
    const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let code = lead & (0xff >> (length + 1));
    for (let next = at + 1; next < at + length; next++) code = (code << 6) | (bytes.charCodeAt(next) & 0x3f);
    text += bytes.slice(plainFrom, at) + String.fromCodePoint(code);
    plainFrom = at + length;
    at = plainFrom - 1;
  }
  return text + bytes.slice(plainFrom);
}
