import type { FindingLayer, FindingSeverity, ReasonCode, RuleDescription } from '../../../finding/catalogue-entry.js';

/** What differs from one French rule to another. */
export interface FrenchRuleText {
  /** What is wrong, in French: the name of the term, a colon, the rest, without the final period. */
  readonly fr: string;
  /** What the rule asks, in English, without the final period. */
  readonly en: string;
  /** What to correct, in French, an imperative without what follows it. */
  readonly action: string;
  readonly code?: ReasonCode;
  readonly layer?: FindingLayer;
  readonly severity?: FindingSeverity;
}

/**
 * The catalogue entry of a French rule.
 *
 * @param terms codes of the terms that the rule looks at, the one to correct first
 */
export function frenchRule(terms: readonly string[], text: FrenchRuleText): RuleDescription {
  const { fr, en, action, code = 'REJ_SEMAN', layer = 'semantics', severity = 'fatal' } = text;
  return {
    code,
    layer,
    severity,
    since: '0.1.0',
    terms,
    fr: `${fr}.`,
    en: `${en}.`,
    action: `${action}, puis déposez à nouveau la facture.`,
    resendable: true,
  };
}

/** The entry of a rule that is only a warning: the invoice is let in, and the next ones should do better. */
export function frenchWarning(terms: readonly string[], text: FrenchRuleText): RuleDescription {
  return {
    ...frenchRule(terms, { ...text, severity: 'warning' }),
    action: `${text.action} dans vos prochaines factures.`,
  };
}

/** The entry of a rule about the greatest length of some terms. */
export function tooLong(terms: readonly string[], length: number, text: Partial<FrenchRuleText> = {}): RuleDescription {
  return frenchRule(terms, {
    fr: `{term} : « {found} » compte plus de ${length} caractères`,
    en: `${terms.join(', ')}: at most ${length} characters`,
    action: `Écrivez ${length} caractères au plus`,
    ...text,
  });
}

/** The entry of a rule about the values that some terms may have. */
export function notAllowed(terms: readonly string[], en: string, text: Partial<FrenchRuleText> = {}): RuleDescription {
  return frenchRule(terms, {
    fr: '{term} : « {found} » n’est pas admis ; attendu : {expected}',
    en,
    action: 'Remplacez cette valeur par une valeur admise',
    ...text,
  });
}
