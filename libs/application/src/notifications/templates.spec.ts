import { layOut, oneLine, portalLink } from './mail-text.js';
import type { Notice } from './notice.js';
import { NOTICES } from './notices-of.js';
import { TEMPLATES } from './templates/index.js';
import type { MailView } from './templates/template.js';

const view: MailView = {
  facts: { structure: '21690123100011', account: 'a', by: 'b' },
  actor: 'Jeanne Martin',
  isOwn: false,
  person: 'Paul Durand',
  isAboutRecipient: false,
  structure: 'Commune de Lyon (21690123100011)',
  recipient: 'Département du Rhône (22690001700016)',
  request: 'Factures, Rejet d’une facture',
  secret: null,
};
const secret = { url: 'https://portail.exemple/activation#jeton', until: '25 novembre 2026 à 06:34' };

/** What a mail says, on one page. */
function written(name: string, facts: MailView['facts'] = {}, rest: Partial<MailView> = {}): string {
  const template = TEMPLATES[name];
  if (template === undefined) throw new Error(`no template ${name}`);
  const text = template.write({ ...view, ...rest, facts: { ...view.facts, ...facts } });
  return [text.subject, ...text.paragraphs, text.path ?? ''].join('\n');
}

describe('the templates of mails', () => {
  it.each([
    ['activation', {}, { secret }, ['Activez votre compte', secret.url, secret.until, 'sert une fois']],
    ['password-reset', {}, { secret }, ['nouveau mot de passe', secret.url, secret.until]],
    ['password-changed', {}, {}, ['mot de passe de votre compte a été modifié', '/password']],
    ['attachment-request-sent', {}, {}, ['Commune de Lyon (21690123100011)', 'transmise à ses gestionnaires']],
    ['attachment-to-judge', {}, {}, ['Paul Durand demande', '/structures/21690123100011/attachment-requests']],
    ['attachment-validated', {}, {}, ['validé par Jeanne Martin', '/structures/21690123100011']],
    ['attachment-refused', { reason: 'Inconnu ici' }, {}, ['refusée par Jeanne Martin', 'Motif : Inconnu ici']],
    ['user-attached', {}, {}, ['Vous avez été rattaché', 'par Jeanne Martin']],
    ['authorisation-deactivated', {}, {}, ['ont été désactivées par Jeanne Martin', 'adressez-vous']],
    ['authorisation-reactivated', {}, {}, ['ont été réactivées par Jeanne Martin']],
    ['authorisation-deleted', {}, {}, ['ont été supprimées par Jeanne Martin', 'demandez votre rattachement']],
    ['secondary-manager-appointed', {}, {}, ['nommé gestionnaire secondaire', 'Jeanne Martin']],
    ['secondary-manager-dismissed', {}, {}, ['vous a été retiré par Jeanne Martin']],
    ['primary-manager-named', {}, { actor: 'le support' }, ['nommé gestionnaire principal', 'par le support']],
    [
      'primary-manager-replaced',
      { formerBecomes: 'secondary' },
      {},
      ['confié à Paul Durand', 'gestionnaire secondaire'],
    ],
    ['primary-manager-replaced', { formerBecomes: 'simple' }, {}, ['utilisateur simple']],
    [
      'subscription-to-judge',
      { space: 'RECEIVED_INVOICES', right: 'modification', service: 'COMPTA' },
      {},
      [
        'Paul Durand demande l’espace « Factures reçues » en modification, pour le service COMPTA',
        'Validez ou refusez',
      ],
    ],
    [
      'space-subscribed',
      { space: 'WORKS_INVOICES', right: 'consultation' },
      {},
      ['Factures de travaux', 'consultation'],
    ],
    ['subscription-refused', { space: 'constructor', reason: 'Non' }, {}, ['Motif : Non', 'refusée par Jeanne Martin']],
    ['structure-deactivated', {}, {}, ['désactivée par Jeanne Martin', 'restent consultables']],
    [
      'structure-replaced',
      { successor: '21690123100029' },
      {},
      ['21690123100029 lui succède', '/structures/21690123100029'],
    ],
    [
      'invoice-status-changed',
      { number: 'F-1', status: 'SUSPENDUE', reason: 'JUSTIF_ABS', invoice: 'i' },
      {},
      [
        'Facture F-1 : Suspendue',
        'de la structure Commune de Lyon (21690123100011), adressée à Département du Rhône',
        'Motif : Pièce justificative absente',
        'Apportez ce qui manque',
        '/invoices/i',
      ],
    ],
    ['invoice-status-changed', { number: 'F-1', status: 'MANDATEE' }, {}, ['Mandatée', 'Vous n’avez rien à faire']],
    ['invoice-status-changed', { number: 'F-1', status: 'A_RECYCLER' }, {}, ['renvoyez-la']],
    [
      'support-request-created',
      { request: 'r' },
      {},
      ['Jeanne Martin vous adresse', 'Prenez-la en charge', '/support-requests/r'],
    ],
    [
      'support-request-created',
      { request: 'r' },
      { isOwn: true },
      ['Votre sollicitation « Factures, Rejet d’une facture »'],
    ],
    ['support-request-assigned', {}, {}, ['est prise en charge par Paul Durand']],
    ['support-request-assigned', {}, { isAboutRecipient: true }, ['vous a été confiée par Jeanne Martin']],
    ['support-request-answered', {}, {}, ['Une réponse a été apportée par Jeanne Martin']],
    ['support-request-answered', {}, { isOwn: true }, ['Votre réponse', 'a été transmise']],
    ['support-request-closed', { outcome: 'refused' }, {}, ['close par Jeanne Martin', 'elle est refusée']],
  ] as const)(
    'R01 R04 R18 R25 "%s" (%j) says what happened, on what, by whom and what to do',
    (name, facts, rest, parts) => {
      const text = written(name, facts, rest);
      for (const part of parts) expect(text).toContain(part);
      expect(text).not.toMatch(/undefined|null|\[object/);
    },
  );

  it('R18 has a template for every notice, and no other', () => {
    const data = new Proxy({}, { get: (_, member) => String(member) });
    const happening = { data, structure: 's', stream: 'i', actor: 'x' } as never;
    const named = Object.values(NOTICES).flatMap((rule) => (rule as (one: never) => readonly Notice[])(happening));
    const withoutSuccessor = { data: { successor: null }, structure: 's', actor: 'x' } as never;
    named.push(...(NOTICES.StructureDeactivated?.(withoutSuccessor) ?? []));
    expect([...new Set(named.map(({ template }) => template))].sort()).toEqual(Object.keys(TEMPLATES).sort());
  });

  it('R01 issues links for activation and a new password alone, and counts those mails as about the account', () => {
    const issuing = Object.entries(TEMPLATES).filter(([, { issues }]) => issues !== null);
    expect(issuing.map(([name, { issues, aboutAccount }]) => [name, issues, aboutAccount])).toEqual([
      ['activation', 'activation', true],
      ['password-reset', 'password-reset', true],
    ]);
    expect(TEMPLATES['password-changed']).toMatchObject({ aboutAccount: true });
    expect(Object.values(TEMPLATES).filter(({ aboutAccount }) => aboutAccount)).toHaveLength(3);
  });
});

describe('the layout of mails', () => {
  const mail = { subject: 'Sujet', paragraphs: ['Premier.', 'Second.'], path: '/account' };

  it('R01 greets, says, leads to the portal and tells that nobody reads answers', () => {
    const { subject, text } = layOut(mail, 'Paul', 'https://portail.exemple/');
    expect(subject).toBe('Sujet');
    expect(text).toMatch(
      /^Bonjour Paul,\n\nPremier\.\n\nSecond\.\n\nOuvrir le portail : https:\/\/portail\.exemple\/account\n/,
    );
    expect(text).toMatch(/\n-- \nMessage automatique[^\n]+\n[^\n]+\n$/);
    expect(layOut({ ...mail, path: null }, null, 'https://portail.exemple').text).toMatch(
      /^Bonjour,\n\n[^]*Second\.\n\n-- \n/,
    );
  });

  it.each([
    ['a line break', 'Paul\r\nBcc: victime@exemple.fr', 'Paul Bcc: victime@exemple.fr'],
    ['a line separator', 'Paul\u2028Durand\u2029', 'Paul Durand'],
    ['a turn of the direction', 'fdp\u202eexe', 'fdp exe'],
    ['a NUL and a bell', 'P\0a\u0007', 'P a'],
  ])('R01 makes one line of a name with %s', (_, name, line) => {
    expect(oneLine(name)).toBe(line);
    const { subject, text } = layOut({ subject: name, paragraphs: [name], path: null }, name, '');
    expect(subject).toBe(line);
    expect(text).toContain(`Bonjour ${line},\n\n${line}\n\n`);
  });

  it('R01 cuts a subject that is too long, between characters', () => {
    const { subject } = layOut({ ...mail, subject: '😀'.repeat(200) }, null, '');
    expect(subject).toBe(`${'😀'.repeat(150)}…`);
  });

  it('R01 puts a path behind the address of the portal, with one slash', () => {
    expect(portalLink('https://portail.exemple/repons/', '/account')).toBe('https://portail.exemple/repons/account');
  });
});
