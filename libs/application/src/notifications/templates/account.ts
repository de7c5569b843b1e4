import { aboutAccount, type MailTemplate, type MailView } from './template.js';

const link = ({ secret }: MailView): string => secret?.url ?? '';
const until = ({ secret }: MailView): string => secret?.until ?? '';

/** Mails about the account itself (R01). */
export const ACCOUNT_TEMPLATES = {
  activation: aboutAccount(
    (view) => ({
      subject: 'Activez votre compte',
      paragraphs: [
        'Un compte a été créé avec votre adresse de connexion. Pour l’activer, ouvrez ce lien :',
        link(view),
        `Le lien sert une fois, jusqu’au ${until(view)}. Passé ce délai, demandez-en un autre depuis la page de connexion.`,
        'Si vous n’avez pas demandé de compte, ne faites rien : il ne sera pas activé.',
      ],
      path: null,
    }),
    'activation',
  ),
  'password-reset': aboutAccount(
    (view) => ({
      subject: 'Choisissez un nouveau mot de passe',
      paragraphs: [
        'Un nouveau mot de passe a été demandé pour votre compte. Pour le choisir, ouvrez ce lien :',
        link(view),
        `Le lien sert une fois, jusqu’au ${until(view)}. Passé ce délai, demandez-en un autre depuis la page de connexion.`,
        'Si vous n’avez rien demandé, ne faites rien : votre mot de passe reste le même.',
      ],
      path: null,
    }),
    'password-reset',
  ),
  'password-changed': aboutAccount(() => ({
    subject: 'Votre mot de passe a été modifié',
    paragraphs: [
      'Le mot de passe de votre compte a été modifié.',
      'Si ce n’était pas vous, demandez tout de suite un nouveau mot de passe depuis la page de connexion.',
    ],
    path: '/password',
  })),
} as const satisfies Record<string, MailTemplate>;
