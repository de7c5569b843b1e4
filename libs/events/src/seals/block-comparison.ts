import type { Checkpoint } from '../types.js';
import type { VerifyProblem } from './problems.js';
import { FINGERPRINT_BYTES, fingerprintOf, type Seal } from './seal.js';

/** An event of a block as it stands in the log now. */
export interface StandingLeaf extends Checkpoint {
  /** The hash of the event, hexadecimal. */
  hash: string;
  /** The leaf of the event, hexadecimal. */
  leaf: string;
}

/**
 * Names what happened to a block whose events do not give the root of its seal, by comparing the fingerprints kept in the
 * seal with those of the events that stand there now. The root proves that something happened; this only says where.
 */
export function describeDifference(seal: Seal, standing: readonly StandingLeaf[]): VerifyProblem {
  const expected = fingerprintsOf(seal);
  const actual = standing.map(fingerprintOf);
  let index = 0;
  while (index < actual.length && expected[index] === actual[index]) index++;
  const { transaction, position } = standing[index] ?? seal.last;
  const problem = (kind: VerifyProblem['kind'], detail: string): VerifyProblem => ({
    kind,
    position,
    transaction,
    seal: seal.number,
    detail,
  });
  if (actual.length < expected.length) return problem('event-missing', 'the event that stood before this one is gone');
  if (actual.length > expected.length) return problem('event-inserted', 'the block was sealed without this event');
  const here = actual[index];
  if (here === undefined) return problem('seal-changed', 'the root of the seal is not that of its events');
  const content = contentOf(here);
  if (content === contentOf(expected[index] ?? ''))
    return problem('event-changed', 'its position, its transaction or the time it was recorded is not what was sealed');
  if (expected.some((fingerprint) => contentOf(fingerprint) === content))
    return problem('events-moved', 'the event was sealed at another place');
  return problem('event-changed', 'the event is not the one that was sealed');
}

function fingerprintsOf({ fingerprints }: Seal): string[] {
  const width = FINGERPRINT_BYTES * 2;
  return Array.from({ length: fingerprints.length / width }, (_, index) =>
    fingerprints.slice(index * width, (index + 1) * width),
  );
}

/** The half of a fingerprint that stays the same wherever the event stands. */
function contentOf(fingerprint: string): string {
  return fingerprint.slice(0, FINGERPRINT_BYTES);
}
