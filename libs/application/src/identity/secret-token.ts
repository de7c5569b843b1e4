import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A new secret of 256 random bits, base64url, behind a prefix that tells people and scanners what it is. */
export function newToken(prefix = ''): string {
  return prefix + randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * What is kept of a token: SHA-256, hex. A token has 256 random bits, so a slow hash would add nothing, and looking it up
 * by its digest tells nothing by the time that it takes.
 */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
