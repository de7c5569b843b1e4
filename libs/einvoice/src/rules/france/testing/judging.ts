import type { Invoice } from '../../../model/invoice.js';
import { readModel } from '../../../model/read-model.js';
import { readDocument } from '../../../xml/read-document.js';
import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { semanticRules } from '../../../finding/semantic-rules.js';
import { fillTemplate } from '../../../finding/template.js';
import type { ModelRuleSet, ModelViolation } from '../engine/model-rule-set.js';
import { businessTexts } from '../../en16931/texts/index.js';
import { franceTexts } from '../texts/index.js';

/** A replacement in a document: what stands there, and what is to stand there. */
export type Change = readonly [from: string | RegExp, to: string];

const texts: Readonly<Record<string, RuleDescription>> = { ...semanticRules, ...businessTexts, ...franceTexts };

/** The day of the control in the tests of the French rules. */
export const controlDate = '2026-10-15';

/**
 * A document with some changes.
 *
 * @throws Error when a change would change nothing: a test of a fault must prove that the fault is there
 */
export function changed(document: string, changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    const next = text.replace(from, to);
    if (next === text) throw new Error(`Nothing to replace by « ${to} »: ${String(from)}`);
    return next;
  }, document);
}

/** The model of a document that is known to be UBL or CII. */
export function modelOf(document: string): Invoice {
  const { root } = readDocument(document, null);
  if (root === null) throw new Error('The document of the test has no root');
  return readModel(root, { syntax: root.localName === 'CrossIndustryInvoice' ? 'CII' : 'UBL' });
}

/**
 * What a set says of a document with some changes.
 *
 * @throws Error when the French sentence of a violation would show a value that the violation does not give
 */
export function judged(set: ModelRuleSet, document: string, changes: readonly Change[] = []): ModelViolation[] {
  const violations = set.judge(modelOf(changed(document, changes)), { controlDate });
  for (const violation of violations) {
    const sentence = sentenceOf(violation);
    if (/non renseigné|[{}]/.test(sentence)) throw new Error(`${violation.rule}: ${sentence}`);
  }
  return violations;
}

/** The French sentence of a violation. */
export function sentenceOf({ rule, found, expected, values }: ModelViolation): string {
  const known = Object.entries({ found, expected, ...values }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return fillTemplate(texts[rule]?.fr ?? '{text}', Object.fromEntries(known));
}

/** Ids of the rules that a document with some changes breaks, each once, in their order. */
export function broken(set: ModelRuleSet, document: string, changes: readonly Change[] = []): string[] {
  return [...new Set(judged(set, document, changes).map(({ rule }) => rule))];
}
