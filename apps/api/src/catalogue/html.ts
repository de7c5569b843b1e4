const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that may stand in a page as it is. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What a page can hold: text is escaped, markup is not. */
export type HtmlPart = string | number | Html | readonly HtmlPart[];

/**
 * Writes markup with values in it, as a template literal's tag. Every value is escaped unless it is {@link Html} itself, so
 * that forgetting to escape is not possible; a list stands for its members one after the other.
 */
export function html(markup: TemplateStringsArray, ...values: readonly HtmlPart[]): Html {
  return new Html(markup.reduce((page, text, index) => page + rendered(values[index - 1] ?? '') + text));
}

function rendered(value: HtmlPart): string {
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map(rendered).join('');
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
