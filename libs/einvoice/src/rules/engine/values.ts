import type { XmlElement } from '../../xml/element.js';
import { NotComputable } from './decimal.js';

/** White space of XML that `normalize-space` changes; most texts have none. */
const irregularSpace = /^[ \t\r\n]|[ \t\r\n]$|[\t\r\n]| {2}/;

/** A text without outer white space of XML and with each inner run of it as one blank (XPath `normalize-space`). */
export function normalised(text: string): string {
  if (!irregularSpace.test(text)) return text;
  return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
}

/**
 * The boolean that an element holds (`xs:boolean`).
 *
 * @throws NotComputable when it holds none
 */
export function booleanOf(element: XmlElement): boolean {
  const text = normalised(element.stringValue);
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new NotComputable(element);
}

const numberPattern = /^[ \t\r\n]*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[ \t\r\n]*$/;
const specialNumbers: ReadonlyMap<string, number> = new Map([
  ['INF', Infinity],
  ['+INF', Infinity],
  ['-INF', -Infinity],
  ['NaN', NaN],
]);

/**
 * The number that an element holds, as the rules see it that compare or compute without a cast to a decimal: a double (XPath
 * 2.0, 3.5.2), which may have an exponent. Their sums are those of doubles, too, and agreeing with them means adding as they do.
 *
 * @throws NotComputable when it holds none
 */
export function numberOf(element: XmlElement): number {
  const text = element.stringValue;
  if (numberPattern.test(text)) return Number(text);
  const special = specialNumbers.get(normalised(text));
  if (special === undefined) throw new NotComputable(element);
  return special;
}

/**
 * Whether a pattern matches that may ask for a value that cannot be computed: such a pattern does not match, and no verdict
 * is missing for that (XSLT 2.0, 2.9.2).
 */
export function matchesWithoutFault(test: () => boolean): boolean {
  try {
    return test();
  } catch (error) {
    if (error instanceof NotComputable) return false;
    throw error;
  }
}
