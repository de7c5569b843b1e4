import type { Event } from '../shared/event.js';
import type { Personal } from '../shared/personal-data.js';

/** A file joined to a support request, kept in the object store. */
export interface SupportRequestFile {
  readonly name: string;
  /** SHA-256 (hex), which names the object. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  /** Whether its author says that it is the signed administrative certificate that R07 asks for. */
  readonly administrativeCertificate: boolean;
}

/** Whom a support request is for: the platform's support, or the managers of a structure. */
export type SupportRequestRecipient =
  { readonly kind: 'support' } | { readonly kind: 'structure'; readonly structure: string };

/** Sollicitation (R18). Stream `support-request-<UUID>`. */
export type SupportRequestEvent =
  | Event<
      'SupportRequestCreated',
      {
        request: string;
        /** Account of who asks. */
        author: string;
        /** Structure on whose behalf it is asked. */
        structure: string;
        recipient: SupportRequestRecipient;
        category: string;
        subcategory: string;
        subject: Personal<string>;
        text: Personal<string>;
        files: Personal<readonly SupportRequestFile[]>;
      }
    >
  /** Who treats it from now on: an account, or `operator` for the platform's support. */
  | Event<'SupportRequestAssigned', { request: string; assignee: string; by: string }>
  | Event<
      'SupportRequestAnswered',
      { request: string; author: string; text: Personal<string>; files: Personal<readonly SupportRequestFile[]> }
    >
  | Event<'SupportRequestClosed', { request: string; by: string; outcome: 'done' | 'refused' | 'withdrawn' }>;

/** Stream of a support request. */
export function supportRequestStream(request: string): string {
  return `support-request-${request}`;
}
