import { isRuleId } from '../finding/catalogue.js';
import { finding, type Finding } from '../finding/finding.js';
import type { JudgedViolation } from './rule-sets.js';

/**
 * The finding of a violation, with the texts of the catalogue.
 *
 * @throws Error when the rule is not in the catalogue: a rule without its texts must never reach a partner
 */
export function findingOf(violation: JudgedViolation): Finding {
  const { rule, severity, location, line, found, expected, values = {} } = violation;
  if (!isRuleId(rule)) throw new Error(`A rule set emits ${rule}, which is not in the catalogue`);
  return finding(rule, { severity, location, line, found, expected, values });
}
