const clause = /\[([^\]]*)\]/g;
const placeholder = /\{(\w+)\}/g;

/** What stands for a value in a text that is about no occurrence. */
const valueNames: Readonly<Record<string, string>> = {
  found: 'valeur trouvée',
  expected: 'valeur attendue',
  member: 'nom du fichier',
  term: 'nom de la donnée',
};

/**
 * Fills the text of a rule with the values of one occurrence. A clause in brackets is left out when one of its values is not
 * known; elsewhere an unknown value is said to be so.
 *
 * @param template sentence with `{names}` and optional clauses, as `RuleDescription.fr`
 * @param values by name, without brackets or braces to be interpreted: they are inserted as they are
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template
    .replace(clause, (_, text: string) => (placeholderNames(text).every((name) => name in values) ? text : ''))
    .replace(placeholder, (_, name: string) => values[name] ?? 'non renseigné');
}

/** The text of a rule for people who read the catalogue: each value is named instead of shown. */
export function explainTemplate(template: string): string {
  return template.replace(clause, '$1').replace(placeholder, (_, name: string) => `‹${valueNames[name] ?? name}›`);
}

/** Names of the values that a text can show, in their order. */
export function placeholderNames(template: string): string[] {
  return [...template.matchAll(placeholder)].map((match) => match[1] ?? '');
}
