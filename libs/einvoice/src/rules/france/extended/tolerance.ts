import type { Value } from '../../../model/value.js';
import { absolute, compare, decimal, minus, type Exact } from '../../engine/exact.js';
import { noBreach, type Breach, type Place } from '../engine/model-rule.js';
import { exactOrZero } from './sums.js';

/** What is declared is the sum, within a cent for each part. What is not declared is another rule's to say. */
export function unlessNear(declared: Value | null | undefined, sum: Exact, cents: number): readonly Breach[] {
  if (declared === null || declared === undefined || isNear(exactOrZero(declared), sum, cents)) return noBreach;
  return [differs(declared, declared.value, sum)];
}

/** Whether two amounts are so many cents apart at most. */
export function isNear(one: Exact, other: Exact, cents: number): boolean {
  return compare(absolute(minus(one, other)), cents) <= 0;
}

/** The breach of an amount that is not what it has to be. */
export function differs(at: Place, found: string | null, sum: Exact): Breach {
  return { at, found, expected: decimal(sum).toFixed() };
}
