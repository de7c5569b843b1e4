import {
  catalogueSections,
  rulesBySet,
  type CatalogueFilter,
  type CatalogueSectionName,
  type FindingLayer,
  type FindingSeverity,
} from '#einvoice';
import { Problem } from '../platform/problem.js';

/** Longest text that is searched for; more than a sentence is no search. */
const LONGEST_TEXT = 200;

/** French names of the levels of control. */
export const layerNames: Readonly<Record<FindingLayer, string>> = {
  file: 'Fichier',
  syntax: 'Syntaxe',
  semantics: 'Règles de gestion',
  platform: 'Plateforme',
};

/** French names of what a broken rule does to the invoice. */
export const severityNames: Readonly<Record<FindingSeverity, string>> = {
  fatal: 'Rejet',
  warning: 'Avertissement',
};

/** Parameters of a request for the catalogue, as they came; empty ones, which a form sends, ask for nothing. */
export interface CatalogueQuery {
  readonly section?: unknown;
  readonly layer?: unknown;
  readonly severity?: unknown;
  readonly text?: unknown;
  readonly ruleSet?: unknown;
}

/**
 * What a request asks of the catalogue.
 *
 * @throws Problem CAT-400 when a parameter has none of its values
 */
export function catalogueFilter(query: CatalogueQuery): CatalogueFilter {
  const ruleSet = oneOf('ruleSet', query.ruleSet, [...rulesBySet.keys()]);
  return {
    section: oneOf<CatalogueSectionName>(
      'section',
      query.section,
      catalogueSections.map(({ name }) => name),
    ),
    layer: oneOf('layer', query.layer, Object.keys(layerNames) as FindingLayer[]),
    severity: oneOf('severity', query.severity, Object.keys(severityNames) as FindingSeverity[]),
    text: searchedText(query.text),
    rules: ruleSet === undefined ? undefined : rulesBySet.get(ruleSet),
  };
}

function oneOf<Value extends string>(parameter: string, given: unknown, values: readonly Value[]): Value | undefined {
  if (given === undefined || given === '') return undefined;
  const value = values.find((known) => known === given);
  if (value === undefined)
    throw new Problem(
      400,
      'CAT-400',
      `Le paramètre « ${parameter} » vaut l’une de ces valeurs : ${values.join(', ')}.`,
    );
  return value;
}

function searchedText(given: unknown): string | undefined {
  if (given === undefined || given === '') return undefined;
  if (typeof given !== 'string' || given.length > LONGEST_TEXT)
    throw new Problem(400, 'CAT-400', `Le paramètre « text » est un texte de ${LONGEST_TEXT} caractères au plus.`);
  return given;
}
