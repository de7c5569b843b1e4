/** A source of repeatable choices: the same seed gives the same choices on every machine. */
export interface SeededRandom {
  /** A whole number between both bounds, bounds included. */
  integer(lowest: number, highest: number): number;
  /** One element of a list that must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** True in the given share (0 to 1) of the calls. */
  chance(share: number): boolean;
  /** A string of that many decimal digits. */
  digits(length: number): string;
}

/** FNV-1a over UTF-16 code units: spreads nearby seeds ("demo/1", "demo/2") over the whole 32-bit range. */
function hashOfSeed(seed: string): number {
  let hash = 0x811c9dc5;
  for (let position = 0; position < seed.length; position++) {
    hash = Math.imul(hash ^ seed.charCodeAt(position), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Makes the generator of the samples: mulberry32 (Tommy Ettinger, public domain), 32 bits of state, started from a hash
 * of the seed. It is good enough to vary documents and must never serve for anything secret.
 *
 * @param seed any text
 * @throws RangeError from `pick` when the list is empty
 */
export function seededRandom(seed: string): SeededRandom {
  let state = hashOfSeed(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (lowest: number, highest: number): number => lowest + Math.floor(next() * (highest - lowest + 1));
  return {
    integer,
    chance: (share) => next() < share,
    digits: (length) => Array.from({ length }, () => String(integer(0, 9))).join(''),
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[integer(0, list.length - 1)] as T;
    },
  };
}
