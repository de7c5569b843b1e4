import { afnor202511 } from './afnor/afnor-rule-set.js';
import { cpro202511 } from './cpro/cpro-rule-set.js';
import type { ModelRuleSet } from './engine/model-rule-set.js';
import { extendedCtcFr, facturXExtended } from './extended/extended-rule-sets.js';
import { chorusHistoric } from './historic/historic-rule-set.js';
import { reponsStrict } from './strict/strict-rule-set.js';

export { cproDirectory, historicDirectory } from './directory/directory-rules.js';
export {
  identifierInDirectory,
  serviceCodeOf,
  type DirectoryFacts,
  type KnownRecipient,
  type KnownService,
  type KnownStructure,
} from './directory/directory-facts.js';
export type { ModelRuleSet, ModelViolation } from './engine/model-rule-set.js';
export type { Breach, JudgingFacts, ModelRule, Place } from './engine/model-rule.js';

/** The rule sets of France, and of the extensions of EN 16931, that need nothing but the invoice and the day of the control, by name. */
export const frenchRuleSets: ReadonlyMap<string, ModelRuleSet> = new Map(
  [extendedCtcFr, facturXExtended, afnor202511, cpro202511, chorusHistoric, reponsStrict].map((set) => [set.name, set]),
);
