import { html, type Html } from '../catalogue/html.js';

/** Page that a link of a mail opens: what it is for, what is asked, where that goes. */
interface LinkPage {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  /** Whether a new password is asked. */
  readonly password: boolean;
  /** Route of the API that the token goes to. */
  readonly target: string;
  readonly done: string;
}

/** The pages that links of mails open (R01), by their address. */
export const LINK_PAGES = {
  activation: {
    title: 'Activer votre compte',
    text: 'Ce lien confirme votre adresse. Il ne sert qu’une fois.',
    button: 'Activer mon compte',
    password: false,
    target: '/api/accounts/activation',
    done: 'Votre compte est actif : vous pouvez vous connecter.',
  },
  'new-password': {
    title: 'Choisir un nouveau mot de passe',
    text: 'Au moins douze caractères, qui ne soient ni votre adresse ni un mot de passe courant.',
    button: 'Enregistrer',
    password: true,
    target: '/api/accounts/password/reset',
    done: 'Votre mot de passe est changé : vous pouvez vous connecter.',
  },
} as const satisfies Record<string, LinkPage>;

/** Address of a page. */
export type LinkPageName = keyof typeof LINK_PAGES;

/** The page of a link. The token stands behind `#`, so that no server and no log ever sees it but the route it is for. */
export function linkPage(name: LinkPageName): string {
  const { title, text, button, password, target, done } = LINK_PAGES[name];
  const field: Html | string = password
    ? html`<label for="password">Nouveau mot de passe</label
        ><input id="password" name="password" type="password" autocomplete="new-password" minlength="12" required />`
    : '';
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} – Répons</title>
        <script src="/link-page.js" defer></script>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${text}</p>
          <form data-target="${target}" data-done="${done}">
            ${field}
            <button type="submit">${button}</button>
          </form>
          <p role="status" aria-live="polite"></p>
        </main>
      </body>
    </html>`.markup;
}

/** The one script of these pages: sends the token that stands behind `#`, and says what came of it. */
export const LINK_PAGE_SCRIPT = `
const form = document.querySelector('form');
const status = document.querySelector('[role=status]');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  const body = { token: location.hash.slice(1) };
  const password = form.querySelector('input');
  if (password) body.password = password.value;
  try {
    const response = await fetch(form.dataset.target, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) {
      form.hidden = true;
      status.textContent = form.dataset.done;
      history.replaceState(null, '', location.pathname);
      return;
    }
    const problem = await response.json();
    status.textContent = problem.detail;
  } catch {
    status.textContent = 'La plateforme ne répond pas. Réessayez plus tard.';
  }
  button.disabled = false;
});
`;
