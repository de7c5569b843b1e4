/** What a mail says beside what everybody may know of the event: references and words of the domain, nothing personal. */
export type Facts = Readonly<Record<string, string | null>>;

/** To whom a notice goes. Who that is, is settled when the event is reacted to, at its place in the log. */
export type Audience =
  | { readonly kind: 'account'; readonly account: string }
  /** The primary manager and the secondary ones of a structure. */
  | { readonly kind: 'managers'; readonly structure: string }
  /** Everybody attached to a structure. */
  | { readonly kind: 'attached'; readonly structure: string }
  /** Everybody who follows what a structure issues: attached, and subscribed to "Factures émises" for all of it. */
  | { readonly kind: 'followers-of-issued'; readonly structure: string }
  /** The author of a support request, and who treats it: the assignee, or the managers of the structure that it is for. */
  | { readonly kind: 'both-sides'; readonly request: string };

/** A mail to be written to everybody of an audience. */
export interface Notice {
  /** Name of the template, see `TEMPLATES`. */
  readonly template: string;
  readonly to: Audience;
  readonly facts: Facts;
}

/** Marks the mails of one template for one account. */
export function toAccount(account: string, template: string, facts: Facts): Notice {
  return { template, to: { kind: 'account', account }, facts };
}

/** Marks the mails of one template for the managers of a structure. */
export function toManagers(structure: string, template: string, facts: Facts): Notice {
  return { template, to: { kind: 'managers', structure }, facts };
}

/** Marks the mails of one template for both sides of a support request. */
export function toBothSides(request: string, template: string, facts: Facts): Notice {
  return { template, to: { kind: 'both-sides', request }, facts };
}
