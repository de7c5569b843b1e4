import type { Event } from '../shared/event.js';
import type { Personal } from '../shared/personal-data.js';
import type { DraftContent } from './draft-content.js';

/** The document that a draft became: the object of the store that holds its bytes. */
export interface IssuedDocument {
  /** SHA-256 (hex), which names the object. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * An invoice under input (R22). Stream `draft-<UUID>`. Its content may hold data of natural persons (contacts, accounts) of whom
 * nobody is the one: it is encrypted with a key of the draft's own, which goes when the draft is deleted. `by` names who acts
 * as the log does.
 */
export type DraftEvent =
  /** The whole content, in the place of what it was. */
  | Event<'DraftSaved', { draft: string; structure: string; content: Personal<DraftContent>; by: string }>
  /** Somebody confirmed that it is to be sent: from here on it does not change, and this document is what is sent. */
  | Event<'DraftConfirmed', { draft: string; document: IssuedDocument; by: string }>
  /** It went out as this flow: for good. */
  | Event<'DraftSent', { draft: string; flowNumber: string; by: string }>
  /** The door refused it: it can be changed again. */
  | Event<'DraftReopened', { draft: string; reason: string; by: string }>
  | Event<'DraftDeleted', { draft: string; by: string }>;

/** Stream of a draft. */
export function draftStream(draft: string): string {
  return `draft-${draft}`;
}
