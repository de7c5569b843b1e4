import type { XmlAttribute } from './attributes.js';

/** Longer attributes are hardly written twice. */
const longest = 48;
/** A power of two; some hundred are in use at once. */
const slots = 1024;
/** So often another one has to be met in its slot before an entry gives way. */
const patience = 32;
const greaterThan = 0x3e;

interface Known {
  /** From behind the name of the element up to the end of the tag. */
  readonly bytes: Buffer;
  readonly attributes: readonly XmlAttribute[];
  /** How many of the bytes come before the `/` or `>` that ends the tag. */
  readonly length: number;
  missed: number;
}

const entries = new Array<Known | undefined>(slots).fill(undefined);

/**
 * The attributes that are written like some that were read before: `currencyID="EUR"` stands on every amount of every invoice.
 * The same bytes mean the same attributes, as long as no namespace is concerned.
 *
 * @param start index behind the name of the element
 * @returns null when they are none of those, or when the tag is longer
 */
export function knownAttributes(bytes: Buffer, start: number): Pick<Known, 'attributes' | 'length'> | null {
  const slot = slotOf(bytes, start);
  const known = slot === null ? undefined : entries[slot];
  if (known === undefined) return null;
  if (isWritten(known.bytes, bytes, start)) {
    known.missed = 0;
    return known;
  }
  known.missed++;
  return null;
}

/**
 * Remembers the attributes of a tag that was proved to be well formed, and has no attribute that a namespace concerns.
 *
 * @param end index of the `/` or `>` that ends the tag
 */
export function rememberAttributes(
  bytes: Buffer,
  start: number,
  end: number,
  attributes: readonly XmlAttribute[],
): void {
  const slot = slotOf(bytes, start);
  if (slot === null) return;
  const before = entries[slot];
  if (before !== undefined && before.missed < patience) return;
  const tagEnd = bytes.indexOf(greaterThan, end) + 1;
  entries[slot] = {
    bytes: Buffer.from(bytes.subarray(start, tagEnd)),
    attributes: attributes.map(({ name, value }) => ({ name, value: released(value) })),
    length: end - start,
    missed: 0,
  };
}

/** Null when the tag does not end soon; the first `>` is taken for its end, wherever it stands. */
function slotOf(bytes: Buffer, start: number): number | null {
  let hash = 0;
  const end = Math.min(start + longest, bytes.length);
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === greaterThan) return hash & (slots - 1);
    hash = (hash * 31 + byte) | 0;
  }
  return null;
}

function isWritten(known: Buffer, bytes: Buffer, start: number): boolean {
  const { length } = known;
  if (start + length > bytes.length) return false;
  for (let at = 0; at < length; at++) if (known[at] !== bytes[start + at]) return false;
  return true;
}

/** The same text, which does not keep the document alive that it was cut from. */
function released(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
