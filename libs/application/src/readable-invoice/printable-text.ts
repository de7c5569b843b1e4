/** Longest text of one term, in characters; what is longer is cut, and the page says so. */
export const LONGEST_TERM = 400;

/** Longest text of all that a line says beside its name. */
export const LONGEST_DETAILS = 1_000;

/** Longest note: free texts are longer than names. */
export const LONGEST_NOTE = 4_000;

/** What stands where a text was cut. */
export const CUT = ' […]';

/** What stands for a sign that the font does not have. */
export const NO_GLYPH = '\u{fffd}';

// The signs of Roboto as pdfmake ships it: Latin, Greek and Cyrillic with what stands between words. A sign that it lacks
// would be printed as nothing, or as the box of another one.
const NOT_IN_FONT =
  /[^ -~\u00a0-\u017f\u0192\u01a0\u01a1\u01af\u01b0\u01fa-\u01ff\u0218-\u021b\u02c6\u02c7\u02d8-\u02dd\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0482\u048a-\u0513\u1e00\u1e01\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u2010\u2011\u2013-\u2015\u2017-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u2070\u2074-\u208e\u20a3\u20a4\u20a6-\u20ac\u2105\u2113\u2116\u2122\u2126\u2202\u2206\u220f\u2211\u2212\u221a\u221e\u222b\u2248\u2260\u2264\u2265\ufb01\ufb02\ufffd]/gu;
// eslint-disable-next-line no-control-regex -- a control has no glyph; tabs and ends of lines are blanks of a term
const BLANKS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u2000-\u200a\u202f\u3000]+/g;
/** Signs without a width: they would count as signs that the font lacks, and show nothing. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const LONG_WORD = /\S{40}(?=\S)/g;
const BREAK_HERE = '\u200b';

/**
 * A text as the page can show it: on one line, without signs that have no glyph, no longer than it may be. A long word gets
 * places to break at, since the library looks for them in a time that grows with the square of its length.
 */
export function printable(text: string, most = LONGEST_TERM): string {
  const cut = text.length > most;
  // Composed before it is cut, cut before it is looked at: the time goes with the limit, not with the text.
  const kept = (cut ? text.slice(0, most) : text).normalize('NFC');
  const shown = kept.replace(INVISIBLE, '').replace(BLANKS, ' ').trim().replace(NOT_IN_FONT, NO_GLYPH);
  return `${shown}${cut ? CUT : ''}`.replace(LONG_WORD, `$&${BREAK_HERE}`);
}

/** A text of several lines, as a note has them. */
export function printableLines(text: string): string {
  const cut = text.length > LONGEST_NOTE ? `${text.slice(0, LONGEST_NOTE)}${CUT}` : text;
  return cut
    .split(/\r\n|[\n\r]/)
    .map((line) => printable(line, LONGEST_NOTE))
    .join('\n');
}
