import type { FindingSeverity, RuleDescription } from '../../../finding/catalogue-entry.js';
import { resend } from './business-rule.js';
import { english, french, frenchOfAny, type NamedTerm } from './terms.js';

/** Syntax that a rule is about. */
export type RuledSyntax = 'UBL' | 'CII';

/** What differs from one syntax rule to another. */
export interface SyntaxRuleText {
  /** The terms concerned, the one that the text begins with first; none when the rule is about the whole document. */
  readonly terms: readonly NamedTerm[];
  /** French name that the terms have in common, when the faulty one may be any of them. */
  readonly subject?: string | undefined;
  readonly severity?: FindingSeverity;
  /** What is wrong, in French, without the name of the term and without the final period. */
  readonly fr: string;
  /** What is wrong, in English, without the final period. */
  readonly en: string;
  /** What to correct, in French, an imperative without what follows it. */
  readonly action: string;
}

/**
 * The catalogue entry of a rule that binds EN 16931 to a syntax (UBL-SR, UBL-CR, UBL-DT, CII-SR, CII-DT).
 *
 * A warning lets the invoice in, so its action speaks of the invoices to come.
 */
export function syntaxRule(text: SyntaxRuleText): RuleDescription {
  const { terms, severity = 'fatal', fr, en, action } = text;
  const [term] = terms;
  const subject =
    text.subject !== undefined ? frenchOfAny(text.subject, terms) : term === undefined ? 'Facture' : french(term);
  return {
    code: 'REJ_SEMAN',
    layer: 'syntax',
    severity,
    since: '0.1.0',
    terms,
    fr: `${subject} : ${fr}.`,
    en: `${en}.`,
    action:
      severity === 'fatal'
        ? `${action}, ${resend}`
        : `${action} dans vos prochaines factures ; celle-ci n’est pas rejetée pour cela.`,
    resendable: true,
  };
}

/** What something stands in or on, in words or as a path: "un montant", `ram:PostalTradeAddress`. */
export interface Holder {
  readonly fr: string;
  readonly en: string;
}

/**
 * The entry of a rule that wants an element, or an attribute when the path ends with `@name`, to be absent.
 *
 * @param path path of the element, below the holder if there is one
 */
export function forbidden(
  syntax: RuledSyntax,
  path: string,
  options: { terms: readonly NamedTerm[]; severity?: FindingSeverity; holder?: Holder; subject?: string | undefined },
): RuleDescription {
  const { terms, severity = 'warning', holder, subject } = options;
  const [element = '', attribute] = path
    .replace('(cac:InvoiceLine|cac:CreditNoteLine)', 'cac:InvoiceLine')
    .split(/\/?@/);
  const on = attribute === undefined || element === '' ? holder : { fr: element, en: element };
  const unwanted =
    attribute === undefined
      ? {
          fr: `l’élément ${element}${on === undefined ? '' : `, dans ${on.fr},`}`,
          en: `element ${element}${on === undefined ? '' : ` in ${on.en}`}`,
          action: 'Retirez cet élément',
        }
      : {
          fr: `l’attribut ${attribute}${on === undefined ? '' : `, sur ${on.fr},`}`,
          en: `attribute ${attribute}${on === undefined ? '' : ` on ${on.en}`}`,
          action: 'Retirez cet attribut',
        };
  return syntaxRule({
    terms,
    subject,
    severity,
    fr: `${unwanted.fr} n’est pas prévu par EN 16931 dans une facture ${syntax}`,
    en: `EN 16931 does not provide for the ${unwanted.en} in a ${syntax} invoice`,
    action: unwanted.action,
  });
}

/** The entry of a rule that admits an element once at most. */
export function repeated(
  element: string,
  terms: readonly [NamedTerm, ...NamedTerm[]],
  severity: FindingSeverity = 'fatal',
  subject?: string,
): RuleDescription {
  return syntaxRule({
    terms,
    subject,
    severity,
    fr: `l’élément ${element} figure plusieurs fois, un seul est admis`,
    en: `The ${english(terms[0])}, element ${element}, stands more than once`,
    action: 'N’en gardez qu’un',
  });
}

/** The entry of a rule that wants an element exactly once. */
export function exactlyOne(
  element: string,
  terms: readonly [NamedTerm, ...NamedTerm[]],
  severity: FindingSeverity = 'fatal',
): RuleDescription {
  return syntaxRule({
    terms,
    severity,
    fr: `l’élément ${element} doit figurer une fois et une seule`,
    en: `The ${english(terms[0])}, element ${element}, does not stand exactly once`,
    action: 'Écrivez cet élément une seule fois',
  });
}
