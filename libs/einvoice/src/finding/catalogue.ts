import { judgeTexts } from '../judge/texts.js';
import { businessTexts, ciiTexts, ublTexts } from '../rules/en16931/texts/index.js';
import { franceTexts } from '../rules/france/texts/index.js';
import { statusTexts } from '../status/texts.js';
import { supportingTexts } from '../supporting/texts.js';
import type { CatalogueEntry, RuleDescription } from './catalogue-entry.js';
import { flowRules, memberRules } from './file-rules.js';
import { platformRules } from './platform-rules.js';
import { semanticRules } from './semantic-rules.js';
import { syntaxRules } from './syntax-rules.js';

/** Rules of one origin; a new origin of rules is one more section here and nothing else. */
const sections = {
  flow: { title: 'Flux', rules: flowRules },
  member: { title: 'Fichiers d’un flux', rules: memberRules },
  document: { title: 'Lecture de la facture', rules: syntaxRules },
  structure: { title: 'Structure de la facture', rules: judgeTexts },
  supportingDocument: { title: 'Pièces jointes', rules: supportingTexts },
  identification: { title: 'Identification de la facture', rules: semanticRules },
  en16931: { title: 'EN 16931 : règles de gestion', rules: businessTexts },
  ubl: { title: 'EN 16931 : syntaxe UBL', rules: ublTexts },
  cii: { title: 'EN 16931 : syntaxe CII', rules: ciiTexts },
  france: { title: 'Règles françaises', rules: franceTexts },
  status: { title: 'Statuts déposés par les destinataires', rules: statusTexts },
  platform: { title: 'Contrôles de la plateforme', rules: platformRules },
} as const satisfies Record<string, { title: string; rules: Readonly<Record<string, RuleDescription>> }>;

type Sections = typeof sections;

/** Name of an origin of rules. */
export type CatalogueSectionName = keyof Sections;

/** Every rule id that can be emitted, by this library or by the platform on top of it. */
export type RuleId = { [Name in CatalogueSectionName]: keyof Sections[Name]['rules'] & string }[CatalogueSectionName];

/** Rules of one origin, in a stable order. */
export interface CatalogueSection {
  readonly name: CatalogueSectionName;
  /** French title. */
  readonly title: string;
  readonly entries: readonly CatalogueEntry[];
}

/** The catalogue by origin of the rules (R43, G7.29). */
export const catalogueSections: readonly CatalogueSection[] = Object.entries(sections).map(([name, section]) => ({
  name: name as CatalogueSectionName,
  title: section.title,
  entries: Object.entries<RuleDescription>(section.rules).map(([rule, description]) => ({ rule, ...description })),
}));

/** Every rule, with its texts and what can be done about it, in a stable order (R43, G7.29). */
export const catalogue: readonly CatalogueEntry[] = catalogueSections.flatMap(({ entries }) => entries);

const entriesByRule = new Map(catalogue.map((entry) => [entry.rule, entry]));
if (entriesByRule.size < catalogue.length) throw new Error('A rule stands twice in the catalogue');

/**
 * The catalogue entry of a rule.
 *
 * @throws Error when no such rule exists: a rule without its texts must never reach a partner.
 */
export function catalogueEntry(rule: RuleId): CatalogueEntry {
  const entry = entriesByRule.get(rule);
  if (entry === undefined) throw new Error(`No catalogue entry for rule ${String(rule)}`);
  return entry;
}

/** Whether a text, e.g. the id of a rule of a rule set, is the id of a rule of the catalogue. */
export function isRuleId(text: string): text is RuleId {
  return entriesByRule.has(text);
}

/** Whether the same invoice number may be sent again once what this rule asks is corrected (G1.45). */
export function isResendable(rule: RuleId): boolean {
  return catalogueEntry(rule).resendable;
}
