import { SPACES, type SpaceCode } from '#domain';
import type { Facts } from '../notice.js';
import { notification, reasonOf, structurePath, type MailTemplate, type MailView } from './template.js';

const ASK_MANAGER = 'Pour en savoir plus, adressez-vous à un gestionnaire de la structure.';

/** « l’espace « Factures émises » en modification, pour le service COMPTA ». */
function spaceOf({ space, service, right }: Facts): string {
  const label = Object.hasOwn(SPACES, space ?? '') ? SPACES[space as SpaceCode].label : (space ?? '');
  const how = right === undefined || right === null ? '' : ` en ${right}`;
  const where = service === undefined || service === null ? '' : `, pour le service ${service}`;
  return `l’espace « ${label} »${how}${where}`;
}

/** A mail whose one sentence says what was decided and by whom. */
const decided = (subject: string, sentence: (view: MailView) => string, next: string, rest = ''): MailTemplate =>
  notification((view) => ({
    subject: `${subject} : ${view.structure}`,
    paragraphs: [sentence(view), ...reasonOf(view.facts), next],
    path: rest === '' ? structurePath(view.facts) : structurePath(view.facts, rest),
  }));

/** Mails about a person's place on a structure and the spaces there (R04–R06, R08). */
export const MEMBERSHIP_TEMPLATES = {
  'attachment-request-sent': notification(({ structure }) => ({
    subject: `Demande de rattachement transmise : ${structure}`,
    paragraphs: [
      `Votre demande de rattachement à la structure ${structure} a été transmise à ses gestionnaires.`,
      'Vous recevrez un message dès que l’un d’eux l’aura validée ou refusée.',
    ],
    path: '/account/structures',
  })),
  'attachment-to-judge': notification(({ structure, person, facts }) => ({
    subject: `Demande de rattachement à valider : ${structure}`,
    paragraphs: [
      `${person} demande à être rattaché à la structure ${structure}.`,
      'Validez ou refusez cette demande depuis vos activités du gestionnaire.',
    ],
    path: structurePath(facts, '/attachment-requests'),
  })),
  'attachment-validated': decided(
    'Rattachement validé',
    ({ structure, actor }) => `Votre rattachement à la structure ${structure} a été validé par ${actor}.`,
    'Vous pouvez maintenant demander les espaces dont vous avez besoin.',
  ),
  'attachment-refused': decided(
    'Rattachement refusé',
    ({ structure, actor }) => `Votre demande de rattachement à la structure ${structure} a été refusée par ${actor}.`,
    ASK_MANAGER,
  ),
  'user-attached': decided(
    'Rattachement',
    ({ structure, actor }) => `Vous avez été rattaché à la structure ${structure} par ${actor}.`,
    'Vous pouvez maintenant demander les espaces dont vous avez besoin.',
  ),
  'authorisation-deactivated': decided(
    'Habilitations désactivées',
    ({ structure, actor }) => `Vos habilitations sur la structure ${structure} ont été désactivées par ${actor}.`,
    ASK_MANAGER,
  ),
  'authorisation-reactivated': decided(
    'Habilitations réactivées',
    ({ structure, actor }) => `Vos habilitations sur la structure ${structure} ont été réactivées par ${actor}.`,
    'Vous retrouvez les droits que vous y aviez.',
  ),
  'authorisation-deleted': decided(
    'Habilitations supprimées',
    ({ structure, actor }) => `Vos habilitations sur la structure ${structure} ont été supprimées par ${actor}.`,
    'Pour y accéder de nouveau, demandez votre rattachement à la structure.',
  ),
  'secondary-manager-appointed': decided(
    'Vous êtes gestionnaire secondaire',
    ({ structure, actor }) => `Vous avez été nommé gestionnaire secondaire de la structure ${structure} par ${actor}.`,
    'L’espace « Activités du gestionnaire » vous est ouvert.',
  ),
  'secondary-manager-dismissed': decided(
    'Vous n’êtes plus gestionnaire secondaire',
    ({ structure, actor }) =>
      `Le rôle de gestionnaire secondaire de la structure ${structure} vous a été retiré par ${actor}.`,
    'Vous restez rattaché à la structure comme utilisateur simple.',
  ),
  'primary-manager-named': decided(
    'Vous êtes gestionnaire principal',
    ({ structure, actor }) => `Vous avez été nommé gestionnaire principal de la structure ${structure} par ${actor}.`,
    'Vérifiez les utilisateurs et les réglages de la structure.',
  ),
  'primary-manager-replaced': notification(({ structure, actor, person, facts }) => ({
    subject: `Vous n’êtes plus gestionnaire principal : ${structure}`,
    paragraphs: [
      `Le rôle de gestionnaire principal de la structure ${structure} a été confié à ${person} par ${actor}.`,
      facts['formerBecomes'] === 'secondary'
        ? 'Vous en devenez gestionnaire secondaire.'
        : 'Vous en devenez utilisateur simple.',
      'Si ce changement est une erreur, adressez une sollicitation au support.',
    ],
    path: structurePath(facts),
  })),
  'subscription-to-judge': notification(({ structure, person, facts }) => ({
    subject: `Demande d’abonnement à valider : ${structure}`,
    paragraphs: [
      `${person} demande ${spaceOf(facts)}, sur la structure ${structure}.`,
      'Validez ou refusez cette demande depuis vos activités du gestionnaire.',
    ],
    path: structurePath(facts, '/subscription-requests'),
  })),
  'space-subscribed': decided(
    'Espace ouvert',
    ({ structure, actor, facts }) =>
      `Vous êtes abonné à ${spaceOf(facts)}, sur la structure ${structure}, par ${actor}.`,
    'L’espace est dans votre menu.',
  ),
  'subscription-refused': decided(
    'Abonnement refusé',
    ({ structure, actor, facts }) =>
      `Votre demande pour ${spaceOf(facts)}, sur la structure ${structure}, a été refusée par ${actor}.`,
    ASK_MANAGER,
  ),
} as const satisfies Record<string, MailTemplate>;
