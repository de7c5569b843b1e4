import { ModelRuleSet } from '../engine/model-rule-set.js';
import { amountRules } from './amount-rules.js';
import { annexe7Rules } from './annexe-7-rules.js';
import { coherenceRules } from './coherence-rules.js';
import { documentRules } from './document-rules.js';
import { partyRules } from './party-rules.js';
import { severalSellersRules } from './several-sellers-rules.js';

/**
 * The French rules of the exchanges of the 2026 reform (AFNOR XP Z12-012 of November 2025, BR-FR-*), as they stand in the tests
 * that FNFE-MPE publishes, with the rules of annexe 7 that these leave out.
 */
export const afnor202511 = new ModelRuleSet('afnor-2025-11', [
  ...documentRules,
  ...partyRules,
  ...coherenceRules,
  ...amountRules,
  ...severalSellersRules,
  ...annexe7Rules,
]);
