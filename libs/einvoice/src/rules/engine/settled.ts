import type { XmlElement } from '../../xml/element.js';
import type { Path } from './path.js';
import type { Assertion } from './rule-set.js';

/**
 * Says of a rule when the structure of an element settles it; see {@link Assertion.settledBy}. Where a path leads into lines
 * nothing is said: the structure around lines does not tell what is in them.
 *
 * @param paths the paths that the test looks at, and no others
 * @param test true when the rule holds by what stands at the paths and how often, up to three
 */
export function settledWhen(
  paths: readonly Path[],
  test: (element: XmlElement) => boolean,
): Pick<Assertion<unknown>, 'settledBy'> {
  return paths.some(({ leadsIntoLines }) => leadsIntoLines) ? {} : { settledBy: test };
}
