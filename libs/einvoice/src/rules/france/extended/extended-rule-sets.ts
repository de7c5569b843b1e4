import { ModelRuleSet } from '../engine/model-rule-set.js';
import { computableRule } from './computable.js';
import { facturXExtension, frenchExtension, type ExtendedEdition } from './edition.js';
import { lineRules } from './line-rules.js';
import { totalRules } from './total-rules.js';
import { vatRules } from './vat-rules.js';

/**
 * The sums of invoices that say they are EXTENDED-CTC-FR, after the rules BR-FREXT of FNFE-MPE, edition 1.4.0 (XP Z12-012,
 * 4.4.5 and 4.4.6). They stand in the place of EN 16931, whose sums these invoices may contradict: groups of lines repeat the
 * amounts of their parts, and rounding may put a cent for each part between a sum and its parts.
 */
export const extendedCtcFr = extendedRuleSet('extended-ctc-fr-1.4.0', frenchExtension);

/** The same for the profile EXTENDED of Factur-X 1.09, after its rules BR-FXEXT. */
export const facturXExtended = extendedRuleSet('factur-x-extended-1.09', facturXExtension);

function extendedRuleSet(name: string, edition: ExtendedEdition): ModelRuleSet {
  return new ModelRuleSet(name, [computableRule, ...lineRules(edition), ...totalRules(edition), ...vatRules(edition)]);
}
