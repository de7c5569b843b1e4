import type { LinkPurpose } from '../../identity/identity-links.js';
import type { Facts } from '../notice.js';

/** What a mail is written from: the facts of its notice, and what they stand for at the moment of sending. */
export interface MailView {
  readonly facts: Facts;
  /** Who did it, as people read it: « Jeanne Martin », « le support », « vous-même ». */
  readonly actor: string;
  /** Whether the recipient did it. */
  readonly isOwn: boolean;
  /** Name of the person concerned, by `facts.account`. */
  readonly person: string;
  /** Whether the recipient is the person concerned. */
  readonly isAboutRecipient: boolean;
  /** Name and identifier of the structure concerned. */
  readonly structure: string;
  /** Name and identifier of who an invoice is for; empty for other mails. */
  readonly recipient: string;
  /** Category and sub-category of a support request; empty for other mails. */
  readonly request: string;
  /** The link of a template that issues one, and until when it may be used. */
  readonly secret: { readonly url: string; readonly until: string } | null;
}

/** What a mail says: subject, paragraphs, and where to go on in the portal. */
export interface MailText {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Path in the portal, from its root; null when the mail has its own link or none. */
  readonly path: string | null;
}

/** How one kind of mail is written. */
export interface MailTemplate {
  /** About the account itself: goes to people who want no notifications too, and to accounts that are not yet active. */
  readonly aboutAccount: boolean;
  /** The secret link that it carries, issued when it is sent; null for none. */
  readonly issues: LinkPurpose | null;
  /** Writes it; pure. */
  readonly write: (view: MailView) => MailText;
}

/** A mail about what happens on structures, which people may choose not to get. */
export function notification(write: MailTemplate['write']): MailTemplate {
  return { aboutAccount: false, issues: null, write };
}

/** A mail about the account itself. */
export function aboutAccount(write: MailTemplate['write'], issues: LinkPurpose | null = null): MailTemplate {
  return { aboutAccount: true, issues, write };
}

/** Path of a structure in the portal. */
export function structurePath({ structure }: Facts, rest = ''): string {
  return `/structures/${encodeURIComponent(structure ?? '')}${rest}`;
}

/** « Motif : … », or nothing. */
export function reasonOf({ reason }: Facts): readonly string[] {
  return reason === null || reason === undefined || reason === '' ? [] : [`Motif : ${reason}`];
}
