import { XMLBuilder } from 'fast-xml-parser';

// All that is outside of the production Char of XML 1.0, halves of surrogate pairs included.
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const builder = new XMLBuilder({ attributeNamePrefix: '@', ignoreAttributes: false, processEntities: true });

/** Writes elements in the order of the tree's members; a member that begins with `@` is an attribute. Texts are escaped. */
export function xmlOf(tree: object): string {
  return builder.build(tree);
}

/** A text with a replacement (none, when absent) for each character that XML 1.0 has no place for. */
export function permittedText(text: string, replacement = ''): string {
  return text.replace(FORBIDDEN, replacement);
}
