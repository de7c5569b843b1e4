import { BadRequestException } from '@nestjs/common';

/** Rows on a page when the request does not say. */
export const USUAL_LIMIT = 100;

/** Where a page ends, as the client gives it back for the next one: the sort key of its last row. */
export function cursorOf(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The sort key that a page starts after.
 *
 * @param parts how many texts the key has
 * @returns null for the first page
 * @throws BadRequestException for what {@link cursorOf} did not make
 */
export function keyOfCursor(after: string | undefined, parts: number): readonly string[] | null {
  if (after === undefined) return null;
  const key = parsed(after);
  const isKey = Array.isArray(key) && key.length === parts && key.every((part) => typeof part === 'string');
  if (!isKey) throw new BadRequestException(['after is not the « next » of a page of this list']);
  return key;
}

function parsed(after: string): unknown {
  try {
    return JSON.parse(Buffer.from(after, 'base64url').toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
