import {
  aggregates,
  noSupportRequest,
  supportRequestLabels,
  supportRequestStream,
  type Account,
  type SupportRequest,
} from '#domain';
import type { Decisions } from '../decisions/decisions.js';
import type { Session } from '../decisions/session.js';
import { accountOf } from '../identity/account-streams.js';
import type { IdentityLinks, LinkPurpose } from '../identity/identity-links.js';
import type { WaitingMail } from './mail-outbox.js';
import { layOut, portalLink } from './mail-text.js';
import type { OutgoingMail } from './mail-transport.js';
import { TEMPLATES } from './templates/index.js';
import type { MailTemplate, MailView } from './templates/template.js';

/** Why a mail is not sent after all. */
export type DropReason =
  'no-account' | 'erased' | 'deactivated' | 'not-activated' | 'already-activated' | 'unwanted' | 'unknown-template';

/** A mail as it is to be sent, or why it is not. */
export type WrittenMail =
  | { readonly outcome: 'written'; readonly mail: OutgoingMail }
  | { readonly outcome: 'dropped'; readonly reason: DropReason };

type Look = Omit<Session, 'record'>;

/** Where each kind of link leads. The secret stands behind the `#`, which browsers send to no server and write in no log. */
const LINK_PATHS: Readonly<Record<LinkPurpose, string>> = {
  activation: '/activation#',
  'password-reset': '/new-password#',
};

const instantInParis = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/Paris',
});

/**
 * Writes a mail at the moment that it is sent: address, names and preference are those of now, read from the log itself
 * through the vault, so that somebody erased a second ago gets nothing and is named nowhere.
 */
export class MailWriter {
  constructor(
    private readonly decisions: Decisions,
    private readonly links: IdentityLinks,
    private readonly portalUrl: string,
  ) {}

  /** Writes a mail, or says why it is not to be sent. A link that it carries is issued here. */
  async write({ id, recipient, template: name, facts }: WaitingMail): Promise<WrittenMail> {
    const template = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined;
    if (template === undefined) return { outcome: 'dropped', reason: 'unknown-template' };
    return this.decisions.look({ kind: 'operator' }, async (session): Promise<WrittenMail> => {
      const account = await accountOf(session, recipient);
      const dropped = reasonToDrop(account, template);
      if (dropped !== null) return { outcome: 'dropped', reason: dropped };
      if (account.status === 'none' || account.contactAddress === null) return { outcome: 'dropped', reason: 'erased' };
      const view = await this.view(session, { recipient, facts }, template);
      const { subject, text } = layOut(template.write(view), account.firstName, this.portalUrl);
      const to = { name: nameOf(account) ?? '', address: account.contactAddress };
      return { outcome: 'written', mail: { id, to, subject, text } };
    });
  }

  private async view(
    session: Look,
    { recipient, facts }: Pick<WaitingMail, 'recipient' | 'facts'>,
    { issues }: MailTemplate,
  ): Promise<MailView> {
    const request = await requestOf(session, facts['request'] ?? null);
    const structure = facts['structure'] ?? (request.status === 'none' ? null : request.structure);
    const by = facts['by'] ?? '';
    return {
      facts,
      actor: by === recipient ? 'vous-même' : await somebody(session, by),
      isOwn: by === recipient,
      person: await somebody(session, facts['account'] ?? ''),
      isAboutRecipient: facts['account'] === recipient,
      structure: structure === null ? '' : await structureNamed(session, structure),
      recipient: facts['recipient'] ? await structureNamed(session, facts['recipient']) : '',
      request: request.status === 'none' ? '' : aboutOf(request),
      secret: issues === null ? null : await this.secret(recipient, issues),
    };
  }

  private async secret(account: string, purpose: LinkPurpose): Promise<MailView['secret']> {
    const { token, expiresAt } = await this.links.issue(account, purpose);
    return { url: portalLink(this.portalUrl, LINK_PATHS[purpose] + token), until: instantInParis.format(expiresAt) };
  }
}

/** Somebody erased or deactivated gets nothing; whoever wants no notifications gets what is about the account itself. */
function reasonToDrop(account: Account, { aboutAccount, issues }: MailTemplate): DropReason | null {
  if (account.status === 'none') return 'no-account';
  if (account.erased) return 'erased';
  if (account.status === 'deactivated') return 'deactivated';
  if (issues === 'activation' && account.status === 'active') return 'already-activated';
  if (aboutAccount) return null;
  // Nobody has shown yet that the address is theirs: what happens on structures is not told to it.
  if (account.status === 'pending') return 'not-activated';
  return account.notifications ? null : 'unwanted';
}

/** Somebody as people read it. */
async function somebody(session: Look, account: string): Promise<string> {
  if (account === 'operator') return 'le support';
  if (account === 'platform' || account === '') return 'la plateforme';
  return nameOf(await accountOf(session, account)) ?? 'un utilisateur';
}

function nameOf(account: Account): string | null {
  if (account.status === 'none') return null;
  const name = [account.firstName, account.lastName].filter((part) => part !== null && part !== '').join(' ');
  return name === '' ? null : name;
}

async function structureNamed(session: Look, identifier: string): Promise<string> {
  const structure = await session.structure(identifier);
  const name = structure.status === 'none' ? null : structure.name;
  return name === null ? identifier : `${name} (${identifier})`;
}

async function requestOf(session: Look, request: string | null): Promise<SupportRequest> {
  return request === null ? noSupportRequest : session.load(aggregates.supportRequest, supportRequestStream(request));
}

function aboutOf({ category, subcategory }: { readonly category: string; readonly subcategory: string }): string {
  const labels = supportRequestLabels(category, subcategory);
  return labels === null ? category : `${labels.category}, ${labels.subcategory}`;
}
