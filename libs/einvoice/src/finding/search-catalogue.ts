import type { CatalogueEntry, FindingLayer, FindingSeverity } from './catalogue-entry.js';
import { catalogueSections, type CatalogueSection, type CatalogueSectionName } from './catalogue.js';

/** What entries of the catalogue are asked for; what is not given does not narrow. */
export interface CatalogueFilter {
  readonly section?: CatalogueSectionName | undefined;
  readonly layer?: FindingLayer | undefined;
  readonly severity?: FindingSeverity | undefined;
  /** Words that must all be found in the id, the codes, the terms or the texts, whatever their case and accents. */
  readonly text?: string | undefined;
  /** The rules of a rule set. */
  readonly rules?: ReadonlySet<string> | undefined;
}

/** The sections of the catalogue with the entries that a filter keeps, without the sections that are left empty (R43). */
export function searchCatalogue(filter: CatalogueFilter): CatalogueSection[] {
  const words = folded(filter.text ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  return catalogueSections
    .filter(({ name }) => filter.section === undefined || filter.section === name)
    .map((section) => ({ ...section, entries: section.entries.filter((entry) => isKept(entry, filter, words)) }))
    .filter(({ entries }) => entries.length > 0);
}

function isKept(entry: CatalogueEntry, { layer, severity, rules }: CatalogueFilter, words: readonly string[]): boolean {
  if (layer !== undefined && entry.layer !== layer) return false;
  if (severity !== undefined && entry.severity !== severity) return false;
  if (rules !== undefined && !rules.has(entry.rule)) return false;
  if (words.length === 0) return true;
  const text = searchableText(entry);
  return words.every((word) => text.includes(word));
}

const searchable = new Map<string, string>();

/** Folding two thousand texts takes longer than searching them: each is folded once. */
function searchableText({ rule, code, terms, fr, en, action }: CatalogueEntry): string {
  const known = searchable.get(rule);
  if (known !== undefined) return known;
  const text = folded([rule, code, ...terms, fr, en, action].join(' '));
  searchable.set(rule, text);
  return text;
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase();
}
