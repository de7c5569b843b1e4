import {
  catalogueSections,
  explainTemplate,
  rulesBySet,
  type CatalogueEntry,
  type CatalogueFilter,
  type CatalogueSection,
} from '#einvoice';
import { createHash } from 'node:crypto';
import { layerNames, severityNames } from './catalogue-query.js';
import { html, Html } from './html.js';

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; }
form { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; }
label { display: grid; gap: .25rem; }
input, select, button { font: inherit; padding: .25rem .5rem; }
article { border-top: 1px solid #8886; padding: .5rem 0; }
article:target { outline: 3px solid #2a6fdb; outline-offset: .25rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .25rem 0; }
.fatal { color: light-dark(#a4001d, #ff9aa8); }
.warning { color: light-dark(#7a4b00, #ffca70); }
.english, .terms { font-size: .875rem; }
`;

/**
 * Policy of the page: its own style and nothing else, no script, no resource from anywhere. Whatever a text of the catalogue
 * or a parameter came to hold, a browser would not run it.
 */
export const CATALOGUE_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What the form of the page shows as asked. */
export interface AskedCatalogue {
  readonly filter: CatalogueFilter;
  readonly ruleSet: string | undefined;
}

/**
 * The catalogue as a page in French that works without a script: each rule has an anchor of its own id, e.g. `#BR-CO-10`, that
 * reports can point to (R43).
 *
 * @param sections what is found, in its order
 * @param asked what it was asked by
 */
export function cataloguePage(sections: readonly CatalogueSection[], asked: AskedCatalogue): string {
  const total = sections.reduce((sum, { entries }) => sum + entries.length, 0);
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Catalogue des règles de contrôle</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        <main>
          <h1>Catalogue des règles de contrôle</h1>
          <p>
            Chaque motif de rejet ou d’avertissement porte l’identifiant d’une de ces règles. Les mots entre ‹ ›
            tiennent la place de ce que le message montre de votre facture.
          </p>
          ${form(asked)}
          <p role="status">${total < 2 ? `${total} règle` : `${total} règles`}</p>
          ${sections.map(
            ({ title, entries }) =>
              html`<section>
                <h2>${title}</h2>
                ${entries.map(article)}
              </section>`,
          )}
        </main>
      </body>
    </html>`.markup;
}

function article({ rule, code, layer, severity, terms, fr, en, action, resendable }: CatalogueEntry): Html {
  return html`<article id="${rule}">
    <h3><a href="#${rule}">${rule}</a> <span class="${severity}">${severityNames[severity]}</span></h3>
    <p>${explainTemplate(fr)}</p>
    <p>${explainTemplate(action)}${resendable ? '' : ' Le même numéro ne peut pas être envoyé à nouveau.'}</p>
    <p class="terms">${layerNames[layer]} · ${[code, ...terms].join(' · ')}</p>
    <p class="english" lang="en">${en}</p>
  </article> `;
}

function form({ filter, ruleSet }: AskedCatalogue): Html {
  return html`<form method="get" action="/catalogue" role="search">
    <label>Texte <input type="search" name="text" value="${filter.text ?? ''}" maxlength="200" /></label>
    ${choice(
      'section',
      'Origine',
      filter.section,
      catalogueSections.map(({ name, title }) => [name, title]),
    )}
    ${choice('layer', 'Niveau de contrôle', filter.layer, Object.entries(layerNames))}
    ${choice('severity', 'Effet', filter.severity, Object.entries(severityNames))}
    ${choice(
      'ruleSet',
      'Jeu de règles',
      ruleSet,
      [...rulesBySet.keys()].map((name) => [name, name]),
    )}
    <button>Chercher</button>
  </form>`;
}

function choice(
  name: string,
  label: string,
  chosen: string | undefined,
  options: readonly (readonly [value: string, label: string])[],
): Html {
  return html`<label
    >${label}
    <select name="${name}">
      <option value="">Tous</option>
      ${options.map(([value, text]) =>
        value === chosen
          ? html`<option value="${value}" selected>${text}</option>`
          : html`<option value="${value}">${text}</option>`,
      )}
    </select>
  </label>`;
}
