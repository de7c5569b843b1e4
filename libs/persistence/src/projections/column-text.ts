import { LONGEST_IDENTIFIER } from '#domain';

/**
 * A partner's text as a `text` column takes it: PostgreSQL has no place for NUL, and a name with one in it, which a ZIP
 * archive or a request may well have, must not stop the projection of everybody else's flows. The log keeps the original.
 */
export function columnText<T extends string | null>(text: T): T {
  return (text === null ? null : text.replaceAll('\0', '\u{fffd}')) as T;
}

/** What a partner wrote where a code or an identifier of the field stands; null for what is too long to be one: no index could hold it. */
export function columnCode(text: string | null): string | null {
  return text === null || text.length > LONGEST_IDENTIFIER ? null : columnText(text);
}

/** Characters of a name that are listed and searched: an index of words has an end, and lists show less. */
const LONGEST_NAME = 1_000;

/** The beginning of a name that a partner gave, as a column takes it. The log keeps all of it. */
export function columnName(text: string | null): string | null {
  return text === null ? null : columnText(text.slice(0, LONGEST_NAME));
}
