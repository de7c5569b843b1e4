/**
 * A partner's text as a `text` column takes it: PostgreSQL has no place for NUL, and a name with one in it, which a ZIP
 * archive or a request may well have, must not stop the projection of everybody else's flows. The log keeps the original.
 */
export function columnText<T extends string | null>(text: T): T {
  return (text === null ? null : text.replaceAll('\0', '\u{fffd}')) as T;
}
