import { hash, parseOptions, verify } from '@node-rs/argon2';
import { BoundedWork } from './bounded-work.js';

/** How dear a hash is. */
export interface HashCost {
  /** In KiB. */
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** The least that OWASP asks of argon2id, which is what the library makes unless it is told otherwise. About 18 ms. */
export const HASH_COST: HashCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const HASHES_AT_ONCE = 2;
const LONGEST_QUEUE = 20;

/**
 * Hashes and verifies passwords with argon2id. Two at once, twenty in the queue: a hash takes a core and 19 MiB, and a
 * flood of sign-ins must not take the machine.
 */
export class PasswordHasher {
  private readonly work = new BoundedWork(HASHES_AT_ONCE, LONGEST_QUEUE);
  /** Hash of a password that nobody has, made like the others: what an unknown login is verified against. */
  private dummy: Promise<string> | null = null;

  constructor(private readonly cost: HashCost = HASH_COST) {}

  /**
   * @returns PHC string, with the salt and the cost
   * @throws ComeBackLater when too many are waiting
   */
  hash(password: string): Promise<string> {
    return this.work.run(() => hash(password, this.cost));
  }

  /**
   * Verifies a password, in the same time whether there is one to verify or not.
   *
   * @param known what {@link hash} gave, or null when the login is unknown or has no password
   * @throws ComeBackLater when too many are waiting
   */
  async verify(known: string | null, password: string): Promise<boolean> {
    this.dummy ??= hash('', this.cost);
    const against = known ?? (await this.dummy);
    const isRight = await this.work.run(() => verify(against, password));
    return isRight && known !== null;
  }

  /** Whether a hash was made at another cost than today's, and is to be made again while the password is at hand. */
  isOutdated(known: string): boolean {
    const { memoryCost, timeCost, parallelism } = parseOptions(known);
    const { cost } = this;
    return memoryCost !== cost.memoryCost || timeCost !== cost.timeCost || parallelism !== cost.parallelism;
  }
}
