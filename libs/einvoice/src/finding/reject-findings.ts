import { finding, type Finding } from './finding.js';

/**
 * Fatal findings that one reject names. Nobody corrects more in one go; and a flow of 1 GB in which every invoice breaks a rule
 * at every line must not fill the log with hundreds of times its size.
 */
export const mostRejectFindings = 100;

/**
 * The findings that a reject names, of those that keep an invoice out: all of them, or {@link mostRejectFindings} with each
 * broken rule among them, in their order, and a last one that says how many more there are (R43, R44).
 *
 * @param findings all that was found; warnings are left out
 */
export function rejectFindings(findings: readonly Finding[]): readonly Finding[] {
  const fatal = findings.filter(({ severity }) => severity === 'fatal');
  if (fatal.length <= mostRejectFindings) return fatal;
  const rules = new Set<string>();
  const repeated = new Set<Finding>();
  for (const one of fatal) {
    if (rules.has(one.rule)) repeated.add(one);
    else rules.add(one.rule);
  }
  // The first of each rule comes before the second of any: what a partner corrects is rules, not lines.
  let room = Math.max(mostRejectFindings - rules.size, 0);
  const kept = fatal.filter((one) => !repeated.has(one) || room-- > 0).slice(0, mostRejectFindings);
  const more = fatal.length - kept.length;
  return [...kept, finding('REASONS-CUT', { found: more, expected: kept.length })];
}
