import type { Facts } from '../notice.js';
import { notification, type MailTemplate } from './template.js';

const path = ({ request }: Facts): string => `/support-requests/${encodeURIComponent(request ?? '')}`;

const ENDS: Readonly<Record<string, string>> = { done: 'traitée', refused: 'refusée', withdrawn: 'retirée' };

/** Mails to both sides of a support request (R18). What was written in it is read in the portal, not in a mail. */
export const SUPPORT_REQUEST_TEMPLATES = {
  'support-request-created': notification(({ facts, request, structure, actor, isOwn }) => ({
    subject: `${isOwn ? 'Sollicitation transmise' : 'Nouvelle sollicitation'} : ${request}`,
    paragraphs: isOwn
      ? [
          `Votre sollicitation « ${request} », pour la structure ${structure}, a été transmise à son destinataire.`,
          'Vous recevrez un message à chaque réponse.',
        ]
      : [
          `${actor} vous adresse la sollicitation « ${request} », pour la structure ${structure}.`,
          'Prenez-la en charge depuis l’espace « Sollicitations reçues ».',
        ],
    path: path(facts),
  })),
  'support-request-assigned': notification(({ facts, request, structure, actor, person, isAboutRecipient }) => ({
    subject: `Sollicitation prise en charge : ${request}`,
    paragraphs: [
      isAboutRecipient
        ? `La sollicitation « ${request} », pour la structure ${structure}, vous a été confiée par ${actor}.`
        : `La sollicitation « ${request} », pour la structure ${structure}, est prise en charge par ${person}.`,
      isAboutRecipient
        ? 'Répondez-y depuis l’espace « Sollicitations reçues ».'
        : 'Vous recevrez un message à chaque réponse.',
    ],
    path: path(facts),
  })),
  'support-request-answered': notification(({ facts, request, structure, actor, isOwn }) => ({
    subject: `${isOwn ? 'Réponse transmise' : 'Nouvelle réponse'} : ${request}`,
    paragraphs: [
      isOwn
        ? `Votre réponse à la sollicitation « ${request} », pour la structure ${structure}, a été transmise.`
        : `Une réponse a été apportée par ${actor} à la sollicitation « ${request} », pour la structure ${structure}.`,
      'Le fil de la sollicitation se lit dans le portail.',
    ],
    path: path(facts),
  })),
  'support-request-closed': notification(({ facts, request, structure, actor }) => ({
    subject: `Sollicitation ${ENDS[facts['outcome'] ?? ''] ?? 'close'} : ${request}`,
    paragraphs: [
      `La sollicitation « ${request} », pour la structure ${structure}, a été close par ${actor} : elle est ${
        ENDS[facts['outcome'] ?? ''] ?? 'close'
      }.`,
      'Rien ne s’y ajoute plus. Pour une autre demande, saisissez une nouvelle sollicitation.',
    ],
    path: path(facts),
  })),
} as const satisfies Record<string, MailTemplate>;
