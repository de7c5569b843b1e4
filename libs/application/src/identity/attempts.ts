import type { PersonalDataVault } from '#persistence';
import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { clientNetwork } from './client-network.js';
import { ComeBackLater } from './come-back-later.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How often something may be tried: so many in so many seconds, and then not at all for a while. */
interface Limit {
  readonly points: number;
  readonly duration: number;
  readonly blockDuration: number;
}

/**
 * The limits. Never the login alone: whoever knows a login could keep its owner out. From another address the owner still
 * signs in.
 */
const LIMITS = {
  /** Wrong passwords for one login from one network. */
  'login-and-network': { points: 10, duration: 15 * MINUTE, blockDuration: 15 * MINUTE },
  /** Wrong passwords from one network, whatever the logins: many people may share one. */
  network: { points: 100, duration: 15 * MINUTE, blockDuration: 15 * MINUTE },
  /** Accounts created and links asked for from one network. */
  request: { points: 300, duration: HOUR, blockDuration: 15 * MINUTE },
  /** Mails that anybody may have sent to one login. */
  mail: { points: 5, duration: HOUR, blockDuration: 0 },
} as const satisfies Record<string, Limit>;

type LimitName = keyof typeof LIMITS;

/** An attempt that was counted, and has yet to be judged. A wrong password stays counted. */
export interface PasswordAttempt {
  /** The password was right: the attempts before it are forgotten. */
  succeeded(): Promise<void>;
  /** The password could not be verified: this attempt does not count. */
  notMade(): Promise<void>;
}

/** Counts what may be tried only so often. In PostgreSQL, so that every process counts the same and a restart forgets nothing. */
export class Attempts {
  private readonly limiters: Readonly<Record<LimitName, RateLimiterPostgres>>;

  constructor(
    pool: Pool,
    private readonly vault: PersonalDataVault,
  ) {
    const limiter = (name: LimitName): RateLimiterPostgres =>
      new RateLimiterPostgres({
        storeClient: pool,
        storeType: 'pool',
        schemaName: 'identity',
        tableName: 'attempts',
        tableCreated: true,
        keyPrefix: name,
        ...LIMITS[name],
      });
    this.limiters = {
      'login-and-network': limiter('login-and-network'),
      network: limiter('network'),
      request: limiter('request'),
      mail: limiter('mail'),
    };
  }

  /**
   * Counts an attempt to show a password before it is verified, so that many at once do not get past the limit.
   *
   * @param login address, or the account of somebody who is signed in
   * @throws ComeBackLater when there were too many
   */
  async password(login: string, address: string): Promise<PasswordAttempt> {
    const network = clientNetwork(address);
    const keys = { network: this.key(network), 'login-and-network': this.key(`${login} ${network}`) };
    await this.consume('network', keys.network);
    await this.consume('login-and-network', keys['login-and-network']);
    const { network: ofNetwork, 'login-and-network': ofLogin } = this.limiters;
    return {
      succeeded: async () => {
        await ofNetwork.reward(keys.network, 1);
        await ofLogin.delete(keys['login-and-network']);
      },
      notMade: async () => {
        await ofNetwork.reward(keys.network, 1);
        await ofLogin.reward(keys['login-and-network'], 1);
      },
    };
  }

  /**
   * Counts something that anybody may ask.
   *
   * @throws ComeBackLater when the network asked too often
   */
  async request(address: string): Promise<void> {
    await this.consume('request', this.key(clientNetwork(address)));
  }

  /**
   * Counts a mail to a login.
   *
   * @returns whether one more may be sent; who asks is not told, or it could be seen whose address has an account
   */
  async mayMail(login: string): Promise<boolean> {
    try {
      await this.consume('mail', this.key(login));
      return true;
    } catch (error) {
      if (error instanceof ComeBackLater) return false;
      throw error;
    }
  }

  private async consume(name: LimitName, key: string): Promise<void> {
    try {
      await this.limiters[name].consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new ComeBackLater('too-many-attempts', Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    }
  }

  /** Logins and addresses are personal: what is counted is a digest of them. */
  private key(text: string): string {
    return this.vault.loginDigest(text);
  }
}
