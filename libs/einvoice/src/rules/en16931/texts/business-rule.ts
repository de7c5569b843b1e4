import type { FindingSeverity, ReasonCode, RuleDescription } from '../../../finding/catalogue-entry.js';
import { english, french, frenchOfAny, type NamedTerm } from './terms.js';

/** End of most actions: what follows the correction. */
export const resend = 'puis déposez à nouveau la facture.';

/** What differs from one business rule to another. */
export interface BusinessRuleText {
  /** What is wrong, in French, without the name of the first term and without the final period. */
  readonly fr: string;
  /** What is wrong, in English: a whole sentence. */
  readonly en: string;
  /** What to correct, in French, an imperative without what follows it. */
  readonly action: string;
  readonly code?: ReasonCode;
  /** French name that the terms have in common, when the faulty one may be any of them. */
  readonly subject?: string | undefined;
  readonly severity?: FindingSeverity;
}

/**
 * The catalogue entry of a business rule of EN 16931: its French text begins with the name of the first term,
 * or with the name that the terms have in common.
 *
 * @param terms the terms that the rule looks at, the one to correct first
 */
export function businessRule(
  terms: readonly [NamedTerm, ...NamedTerm[]],
  { fr, en, action, code = 'REJ_SEMAN', subject, severity = 'fatal' }: BusinessRuleText,
): RuleDescription {
  return {
    code,
    layer: 'semantics',
    severity,
    since: '0.1.0',
    terms,
    fr: `${subject === undefined ? french(terms[0]) : frenchOfAny(subject, terms)} : ${fr}.`,
    en,
    action: `${action}, ${resend}`,
    resendable: true,
  };
}

/**
 * The entry of a rule that wants a term to be there.
 *
 * @param action what to write, e.g. `Renseignez le numéro de la facture`
 * @param holder the group that must hold the term, when it is not the invoice itself
 */
export function missing(term: NamedTerm, action: string, holder?: NamedTerm): RuleDescription {
  return businessRule(holder === undefined ? [term] : [term, holder], {
    fr: holder === undefined ? 'donnée obligatoire absente' : `donnée absente, obligatoire pour « ${french(holder)} »`,
    en: `The ${english(term)} is missing${holder === undefined ? '' : ` from the ${english(holder)}`}.`,
    action,
  });
}

/** The entry of a rule that wants a reason, in words or as a code, for an allowance or a charge. */
export function missingReason(holder: NamedTerm, reason: NamedTerm, reasonCode: NamedTerm): RuleDescription {
  return businessRule([holder, reason, reasonCode], {
    fr: `ni le motif (${reason}) ni son code (${reasonCode}) ne sont renseignés`,
    en: `The ${english(holder)} has neither a reason (${reason}) nor a reason code (${reasonCode}).`,
    action: 'Renseignez le motif ou son code',
  });
}

/** The entry of a rule that wants a reason and its code to say the same. */
export function reasonsDiffer(holder: NamedTerm, reason: NamedTerm, reasonCode: NamedTerm): RuleDescription {
  return businessRule([holder, reason, reasonCode], {
    fr: `le motif (${reason}) et son code (${reasonCode}) ne désignent pas la même chose`,
    en: `The reason (${reason}) and the reason code (${reasonCode}) of the ${english(holder)} do not mean the same.`,
    action: 'Mettez le motif en accord avec son code, ou n’en gardez qu’un',
  });
}

/**
 * The entry of a rule on a computed amount; it says what was found and what was expected when the rule gives them.
 *
 * @param sum how the amount is computed, in French, after "elle doit valoir"
 */
export function wrongSum(
  terms: readonly [NamedTerm, ...NamedTerm[]],
  { sum, en, action, code = 'CALCUL_ERR' }: { sum: string; en: string; action: string; code?: ReasonCode },
): RuleDescription {
  return businessRule(terms, {
    fr: `le calcul est faux[ (trouvé : {found}, attendu : {expected})], cette valeur doit être ${sum}`,
    en,
    action,
    code,
  });
}
