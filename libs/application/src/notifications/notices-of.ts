import type { AccountEvent, InvoiceStatusChanged, MembershipEvent, StructureEvent, SupportRequestEvent } from '#domain';
import { invoiceId } from '#persistence';
import { toAccount, toBothSides, toManagers, type Facts, type Notice } from './notice.js';

type NotifiedEvent = AccountEvent | MembershipEvent | StructureEvent | SupportRequestEvent | InvoiceStatusChanged;

/** An event, with what its data do not say. */
export interface Happening<E> {
  readonly data: E extends { data: infer Data } ? Data : never;
  /** Identifier of the structure whose stream it stands in; empty for other streams. */
  readonly structure: string;
  /** Name of the stream that it stands in. */
  readonly stream: string;
  /** Who did it: an account, `operator`, or `platform`. */
  readonly actor: string;
}

type Rule<Type extends string> = (happening: Happening<Extract<NotifiedEvent, { type: Type }>>) => readonly Notice[];

/** A notice to the person concerned, unless they did it themselves. */
const toOther = (account: string, by: string, template: string, facts: Facts): readonly Notice[] =>
  account === by ? [] : [toAccount(account, template, facts)];

type ByManager = { readonly structure: string; readonly account: string; readonly by: string };

/** What a manager decided about a person's place on a structure: told to that person. */
const decided =
  (template: string) =>
  ({ data: { structure, account, by } }: { readonly data: ByManager }): readonly Notice[] =>
    toOther(account, by, template, { structure, account, by });

type OfRequest = { readonly request: string };

/** What happened to a support request: told to both sides (R18). */
const onRequest =
  (template: string, facts: (data: never) => Facts = () => ({})) =>
  ({ data }: { readonly data: OfRequest }): readonly Notice[] => [
    toBothSides(data.request, template, { request: data.request, ...facts(data as never) }),
  ];

/**
 * Which mails an event gives, to whom, and what they say beside the event's name: one rule for each event type that gives
 * any. When an audience has somebody twice, the first notice is theirs.
 */
export const NOTICES: { readonly [Type in NotifiedEvent['type']]?: Rule<Type> } = {
  AccountCreated: ({ data: { account } }) => [toAccount(account, 'activation', { account })],
  ActivationRequested: ({ data: { account } }) => [toAccount(account, 'activation', { account })],
  PasswordResetRequested: ({ data: { account } }) => [toAccount(account, 'password-reset', { account })],
  PasswordChanged: ({ data: { account } }) => [toAccount(account, 'password-changed', { account })],

  AttachmentRequested: ({ data: { structure, account } }) => [
    toAccount(account, 'attachment-request-sent', { structure, account }),
    toManagers(structure, 'attachment-to-judge', { structure, account }),
  ],
  AttachmentValidated: decided('attachment-validated'),
  AttachmentRefused: ({ data: { structure, account, by, reason } }) =>
    toOther(account, by, 'attachment-refused', { structure, account, by, reason }),
  UserAttached: decided('user-attached'),
  AuthorisationDeactivated: decided('authorisation-deactivated'),
  AuthorisationReactivated: decided('authorisation-reactivated'),
  AuthorisationDeleted: decided('authorisation-deleted'),
  SecondaryManagerAppointed: decided('secondary-manager-appointed'),
  SecondaryManagerDismissed: decided('secondary-manager-dismissed'),
  SubscriptionRequested: ({ data: { structure, account, space, service, right } }) => [
    toManagers(structure, 'subscription-to-judge', { structure, account, space, service, right }),
  ],
  SpaceSubscribed: ({ data: { structure, account, space, service, right, by } }) =>
    toOther(account, by, 'space-subscribed', { structure, account, space, service, right, by }),
  SubscriptionRefused: ({ data: { structure, account, space, service, by, reason } }) =>
    toOther(account, by, 'subscription-refused', { structure, account, space, service, by, reason }),

  PrimaryManagerNamed: ({ data: { account, former, formerBecomes, by }, structure }) => [
    toAccount(account, 'primary-manager-named', { structure, account, by }),
    ...(former === null
      ? []
      : [toAccount(former, 'primary-manager-replaced', { structure, account, formerBecomes, by })]),
  ],
  // The new structure says the same thing by `StructureDuplicated`: one mail is enough.
  StructureDeactivated: ({ data: { successor }, structure, actor }) => [
    {
      template: successor === null ? 'structure-deactivated' : 'structure-replaced',
      to: { kind: 'attached', structure },
      facts: { structure, successor, by: actor },
    },
  ],

  // Told to whom it was said to; what the issuers do themselves they know. What was written beside the reason may be
  // personal, and is read in the portal.
  InvoiceStatusChanged: ({ data: { invoice, to, by, reason }, stream }) =>
    by === 'issuer'
      ? []
      : [
          {
            template: 'invoice-status-changed',
            to: { kind: 'followers-of-issued', structure: invoice.issuer },
            facts: {
              structure: invoice.issuer,
              recipient: invoice.recipient,
              invoice: invoiceId(stream),
              number: invoice.number,
              status: to,
              reason,
            },
          },
        ],

  SupportRequestCreated: onRequest('support-request-created', ({ author }: { author: string }) => ({ by: author })),
  SupportRequestAssigned: onRequest(
    'support-request-assigned',
    ({ assignee, by }: { assignee: string; by: string }) => ({ account: assignee, by }),
  ),
  SupportRequestAnswered: onRequest('support-request-answered', ({ author }: { author: string }) => ({ by: author })),
  SupportRequestClosed: onRequest('support-request-closed', ({ by, outcome }: { by: string; outcome: string }) => ({
    by,
    outcome,
  })),
};
