import type { MailText } from './templates/template.js';

/** Longest line of a subject; what is longer is cut. */
const SUBJECT_CHARACTERS = 150;

/**
 * A text of somebody else's on one line: names are typed by people, and a line break in one must not become a header of its
 * own, nor a sign that turns the direction of writing hide an address.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** What is sent: one line of subject, and the body as plain text. */
export interface PlainMail {
  readonly subject: string;
  readonly text: string;
}

/**
 * Lays a mail out: salutation, paragraphs, link to the portal, and what every mail ends with.
 *
 * @param firstName of the recipient; null for one who has none
 * @param portalUrl address of the portal
 */
export function layOut(mail: MailText, firstName: string | null, portalUrl: string): PlainMail {
  const subject = oneLine(mail.subject);
  const name = oneLine(firstName ?? '');
  const link = mail.path === null ? [] : [`Ouvrir le portail : ${portalLink(portalUrl, mail.path)}`];
  const end = [
    '-- ',
    'Message automatique de Répons : les réponses ne sont pas lues.',
    'Vos notifications se règlent dans « Mon compte ».',
  ].join('\n');
  const paragraphs = [name === '' ? 'Bonjour,' : `Bonjour ${name},`, ...mail.paragraphs.map(oneLine), ...link, end];
  return {
    subject:
      [...subject].length > SUBJECT_CHARACTERS ? `${[...subject].slice(0, SUBJECT_CHARACTERS).join('')}…` : subject,
    text: `${paragraphs.join('\n\n')}\n`,
  };
}

/** A path of the portal as a whole address. */
export function portalLink(portalUrl: string, path: string): string {
  return `${portalUrl.replace(/\/+$/, '')}${path}`;
}
