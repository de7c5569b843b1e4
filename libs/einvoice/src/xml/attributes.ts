import { documentLimits } from './limits.js';
import { normaliseLineEnds, resolveReferences } from './text.js';

/** An attribute: its qualified name and its value, entities resolved. */
export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
}

/**
 * Reads the attributes of a start tag as far as they can be read; whatever is no attribute is passed over.
 *
 * @param source the decoded document
 * @param open index of the `<` of the start tag
 */
export function scanAttributes(source: string, open: number): XmlAttribute[] {
  const end = tagEnd(source, open);
  const tag = source.slice(open + 1, end < 0 ? ~end : end);
  const attributes: XmlAttribute[] = [];
  let from = 0;
  for (let sign = tag.indexOf('='); sign >= 0; sign = tag.indexOf('=', from)) {
    const start = skipSpace(tag, sign + 1);
    const quote = tag[start];
    const close = quote === '"' || quote === "'" ? tag.indexOf(quote, start + 1) : -1;
    const name = nameBefore(tag, from, sign);
    from = close < 0 || name === '' ? sign + 1 : close + 1;
    if (from === sign + 1) continue;
    attributes.push({ name, value: attributeValue(tag.slice(start + 1, close)) });
    if (attributes.length > documentLimits.attributes) break;
  }
  return attributes;
}

/** The value of an attribute: white space characters become spaces before references are resolved (XML 1.0, 3.3.3). */
export function attributeValue(raw: string): string {
  if (!/[\r\n\t&]/.test(raw)) return raw;
  return resolveReferences(normaliseLineEnds(raw).replace(/[\n\t]/g, ' '));
}

/**
 * Index of the `>` that ends a start tag, with `>` allowed in quoted values. When there is none, the complement (`~`) of the
 * index of the next `<`, which no tag of a well-formed document may hold, or of the end.
 *
 * @param from an index in the tag, outside any value; the search begins behind it
 */
export function tagEnd(source: string, from: number): number {
  const next = source.indexOf('<', from + 1);
  const limit = next < 0 ? source.length : next;
  for (let at = from + 1; at < limit; at++) {
    const code = source.charCodeAt(at);
    if (code === 0x3e) return at;
    if (code === 0x22 || code === 0x27) {
      const close = source.indexOf(code === 0x22 ? '"' : "'", at + 1);
      if (close < 0 || close > limit) return ~limit;
      at = close;
    }
  }
  return ~limit;
}

/** The index of the first character from one on that is no white space. */
function skipSpace(tag: string, from: number): number {
  let at = from;
  while (at < tag.length && isSpace(tag.charCodeAt(at))) at++;
  return at;
}

/** The name that ends before an equals sign, white space between them aside; `''` when there is none. */
function nameBefore(tag: string, from: number, sign: number): string {
  let end = sign;
  while (end > from && isSpace(tag.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > from && !endsName(tag.charCodeAt(start - 1))) start--;
  return tag.slice(start, end);
}

function isSpace(code: number): boolean {
  return code <= 0x20 && (code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d);
}

function endsName(code: number): boolean {
  return isSpace(code) || code === 0x2f || code === 0x3d || code === 0x3e;
}
