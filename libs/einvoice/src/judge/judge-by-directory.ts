import type { Finding } from '../finding/finding.js';
import type { InvoiceTerms } from '../invoice/terms.js';
import { cproDirectory, historicDirectory, type DirectoryFacts } from '../rules/france/index.js';
import { findingOf } from './finding-of.js';

/**
 * What the directory says of an invoice that was judged (R11, R17, R23, R43): supplier and recipient known and active,
 * recipient public and not excluded, service and commitment as structure and service require.
 *
 * @param terms what was kept of the invoice: its document may be gone when the directory is asked
 * @param rules names of the sets that judged it; they decide which rules of the directory go with them
 */
export function judgeByDirectory(terms: InvoiceTerms, rules: readonly string[], facts: DirectoryFacts): Finding[] {
  const set = rules.some((name) => name.startsWith('cpro-')) ? cproDirectory : historicDirectory;
  return set.judge(terms, facts).map(findingOf);
}
