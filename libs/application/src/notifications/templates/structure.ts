import { notification, structurePath, type MailTemplate } from './template.js';

const KEPT =
  'Les factures déjà émises ou reçues restent consultables et traitables ; plus rien ne peut lui être envoyé.';

/** Mails to everybody attached to a structure, about the structure itself (R16). */
export const STRUCTURE_TEMPLATES = {
  'structure-deactivated': notification(({ structure, actor, facts }) => ({
    subject: `Structure désactivée : ${structure}`,
    paragraphs: [
      `La structure ${structure} a été désactivée par ${actor}.`,
      KEPT,
      'Si c’est une erreur, adressez une sollicitation au support.',
    ],
    path: structurePath(facts),
  })),
  'structure-replaced': notification(({ structure, actor, facts }) => ({
    subject: `Changement d’identifiant : ${structure}`,
    paragraphs: [
      `L’identifiant de la structure ${structure} a été modifié par ${actor} : la structure ${facts['successor'] ?? ''} lui succède.`,
      'Vos rôles, vos espaces et vos abonnements y ont été repris. Utilisez désormais le nouvel identifiant.',
      KEPT,
    ],
    path: structurePath({ structure: facts['successor'] ?? '' }),
  })),
} as const satisfies Record<string, MailTemplate>;
