import type { Pool } from 'pg';
import type { PasswordHasher } from './password-hasher.js';

/** A password that was right: what opens a session. */
export interface VerifiedPassword {
  /** Generation of the credentials that the password belongs to; it is another one once the password has changed. */
  readonly generation: number;
}

/**
 * Passwords of accounts, and whether accounts may be signed in to. Each change begins a new generation, and sessions belong
 * to one: so they all end in the very transaction of the change, those too that somebody is opening at that moment.
 */
export class Credentials {
  constructor(
    private readonly pool: Pool,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * Sets the first password of an account, or another one.
   *
   * @throws ComeBackLater when too many passwords are waiting to be hashed
   */
  async setPassword(account: string, password: string): Promise<void> {
    const passwordHash = await this.hasher.hash(password);
    await this.pool.query(
      `INSERT INTO identity.credentials (account, password_hash) VALUES ($1, $2)
       ON CONFLICT (account) DO UPDATE
          SET password_hash = excluded.password_hash, generation = credentials.generation + 1`,
      [account, passwordHash],
    );
  }

  /**
   * Verifies a password, in the same time when there is no such account.
   *
   * @param account null when the login is nobody's
   * @returns null when it is wrong
   * @throws ComeBackLater when too many passwords are waiting to be verified
   */
  async verify(account: string | null, password: string): Promise<VerifiedPassword | null> {
    const { rows } = await this.pool.query<{ passwordHash: string | null; generation: number }>(
      'SELECT password_hash AS "passwordHash", generation FROM identity.credentials WHERE account = $1',
      [account],
    );
    const known = rows[0];
    const isRight = await this.hasher.verify(known?.passwordHash ?? null, password);
    if (known === undefined || !isRight) return null;
    if (known.passwordHash !== null && this.hasher.isOutdated(known.passwordHash))
      await this.hashAgain(account, known.passwordHash, password);
    return { generation: known.generation };
  }

  /** Takes the password away: the account is signed in to by an identity provider, or gets a new password by a link. */
  async dropPassword(account: string): Promise<void> {
    await this.pool.query(
      'UPDATE identity.credentials SET password_hash = NULL, generation = generation + 1 WHERE account = $1',
      [account],
    );
  }

  /** Bars an account from signing in, and ends all of its sessions at once. */
  async bar(account: string): Promise<void> {
    await this.pool.query(
      'UPDATE identity.credentials SET barred = true, generation = generation + 1 WHERE account = $1',
      [account],
    );
  }

  /** Lets a barred account sign in again. */
  async unbar(account: string): Promise<void> {
    await this.pool.query('UPDATE identity.credentials SET barred = false WHERE account = $1', [account]);
  }

  /** Generation of an account's credentials, or null when it has none or is barred. */
  async generation(account: string): Promise<number | null> {
    const { rows } = await this.pool.query<{ generation: number }>(
      'SELECT generation FROM identity.credentials WHERE account = $1 AND NOT barred',
      [account],
    );
    return rows[0]?.generation ?? null;
  }

  /** Forgets an account: its password, and with it its sessions. */
  async forget(account: string): Promise<void> {
    await this.pool.query('DELETE FROM identity.credentials WHERE account = $1', [account]);
  }

  /** Hashes the same password at today's cost, unless it has just been changed. Its sessions go on. */
  private async hashAgain(account: string | null, known: string, password: string): Promise<void> {
    await this.pool.query(
      'UPDATE identity.credentials SET password_hash = $3 WHERE account = $1 AND password_hash = $2',
      [account, known, await this.hasher.hash(password)],
    );
  }
}
