import { createHash } from 'node:crypto';

/** Longest part: a name made of two of them stays well below what the event store takes (500 characters). */
const LONGEST_PART = 150;

/**
 * A text of somebody else's as one part of a stream's name: without a hyphen, which parts the name, and never so long that
 * the event store refuses it, which would stop the whole flow for one invoice (R42). Two texts never give the same part:
 * a long one is replaced by `~` and its SHA-256, and `~` itself is escaped.
 */
export function streamNamePart(text: string): string {
  const escaped = encodeURIComponent(text).replaceAll('-', '%2D').replaceAll('~', '%7E');
  if (escaped.length <= LONGEST_PART) return escaped;
  return `~${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}
