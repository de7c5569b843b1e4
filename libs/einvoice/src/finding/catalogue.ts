import type { CatalogueEntry, RuleDescription } from './catalogue-entry.js';
import { flowRules, memberRules } from './file-rules.js';
import { platformRules } from './platform-rules.js';
import { semanticRules } from './semantic-rules.js';
import { syntaxRules } from './syntax-rules.js';

const rules = { ...flowRules, ...memberRules, ...syntaxRules, ...semanticRules, ...platformRules };

/** Every rule id that can be emitted, by this library or by the platform on top of it. */
export type RuleId = keyof typeof rules;

const entries = new Map<string, CatalogueEntry>(
  Object.entries<RuleDescription>(rules).map(([rule, description]) => [rule, { rule, ...description }]),
);

/** Every rule, with its texts and what can be done about it, in a stable order (R43, G7.29). */
export const catalogue: readonly CatalogueEntry[] = [...entries.values()];

/**
 * The catalogue entry of a rule.
 *
 * @throws Error when no such rule exists: a rule without its texts must never reach a partner.
 */
export function catalogueEntry(rule: RuleId): CatalogueEntry {
  const entry = entries.get(rule);
  if (entry === undefined) throw new Error(`No catalogue entry for rule ${String(rule)}`);
  return entry;
}

/** Whether the same invoice number may be sent again once what this rule asks is corrected (G1.45). */
export function isResendable(rule: RuleId): boolean {
  return catalogueEntry(rule).resendable;
}
