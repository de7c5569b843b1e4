import { setTimeout as pause } from 'node:timers/promises';
import type { AuthContext, PublicKeyAuthContext } from 'ssh2';
import { parseSshKey } from './sftp-keys.js';

/** How an account proves who it is; either way suffices when both are given. */
export interface SftpCredentials {
  /** Public keys, one `authorized_keys` line each. */
  readonly publicKeys?: readonly string[];
  /** Compares a password with the stored hash, in constant time; without it passwords are refused. */
  readonly verifyPassword?: (password: string) => boolean | Promise<boolean>;
}

/** Who may open an SFTP session, and what it sees. */
export type SftpAccount = SftpCredentials & { readonly username: string } & (
    | {
        /** A partner's connection, confined to the box of its application. */
        readonly kind: 'partner';
        /** Code of the application, the name of its box. */
        readonly applicationCode: string;
      }
    | {
        /** The platform's own pick-up and delivery, which sees all the boxes. */
        readonly kind: 'operator';
      }
  );

/** Finds the account of a user name; null when there is none. */
export type SftpAccountLookup = (username: string) => Promise<SftpAccount | null> | SftpAccount | null;

/**
 * A refused password is answered no sooner than this after it was received, so that the time does not tell a user name
 * that exists (whose hash is computed) from one that does not.
 */
const REFUSAL_DELAY_MS = 400;

/**
 * Decides on one attempt of authentication.
 *
 * @param context - what the client presents
 * @param lookup - finds the account
 * @returns the account that the attempt proves, or null
 */
export async function authenticate(context: AuthContext, lookup: SftpAccountLookup): Promise<SftpAccount | null> {
  if (context.method === 'publickey') {
    const account = await lookup(context.username);
    return account !== null && holdsKey(account, context) ? account : null;
  }
  if (context.method !== 'password') return null;
  const earliestRefusal = pause(REFUSAL_DELAY_MS);
  const account = await lookup(context.username);
  if ((await account?.verifyPassword?.(context.password)) === true) return account;
  await earliestRefusal;
  return null;
}

/** Without a signature the client only asks whether the key would do (RFC 4252, section 7). */
function holdsKey(account: SftpAccount, context: PublicKeyAuthContext): boolean {
  const key = account.publicKeys
    ?.map(parseSshKey)
    .find((candidate) => candidate.getPublicSSH().equals(context.key.data));
  if (key === undefined || key.type !== context.key.algo) return false;
  if (context.signature === undefined) return true;
  // A bare `ssh-rsa` signature rests on SHA-1, which OpenSSH has refused since 8.8.
  if (key.type === 'ssh-rsa' && context.hashAlgo === undefined) return false;
  return context.blob !== undefined && key.verify(context.blob, context.signature, context.hashAlgo);
}
