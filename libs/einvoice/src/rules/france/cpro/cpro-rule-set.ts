import { ModelRuleSet } from '../engine/model-rule-set.js';
import { lengthRules } from './length-rules.js';
import { cproPartyRules } from './party-rules.js';

/**
 * What Chorus Pro asks of an invoice to the public sector besides the rules of the reform: BR-FR-CPRO-01 to 44 (AFNOR XP Z12-012
 * of November 2025, 4.5.3), but for those that need the directory, which `cproDirectory` holds.
 */
export const cpro202511 = new ModelRuleSet('cpro-2025-11', [...cproPartyRules, ...lengthRules]);
