import { BadRequestException } from '@nestjs/common';

/** Rows on a page when the request does not say. */
export const USUAL_LIMIT = 100;

/** Where a page ends, as the client gives it back for the next one: the sort key of its last row. */
export function cursorOf(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Any text that the database takes. */
export const TEXT = /^[^\0]*$/;

/** An instant, in microseconds of the epoch. */
export const MICROSECONDS = /^\d{1,18}$/;

/**
 * The sort key that a page starts after.
 *
 * @param parts what each text of the key looks like
 * @returns null for the first page
 * @throws BadRequestException for what {@link cursorOf} did not make
 */
export function keyOfCursor(after: string | undefined, parts: readonly RegExp[]): readonly string[] | null {
  if (after === undefined) return null;
  const key = textsOf(after);
  if (key.length !== parts.length || !parts.every((part, index) => part.test(key[index] ?? '')))
    throw new BadRequestException(['after is not the « next » of a page of this list']);
  return key;
}

function textsOf(after: string): readonly string[] {
  try {
    const parsed = JSON.parse(Buffer.from(after, 'base64url').toString('utf8')) as unknown;
    return Array.isArray(parsed) ? parsed.map(String) : [];
  } catch {
    return [];
  }
}
