/** What is known of a status of a request. */
interface StatusFacts {
  /** What people read, in the words of the field. */
  readonly label: string;
  /** The statuses that whoever treats the request can give next. */
  readonly next: readonly RefundRequestStatus[];
  /** Whether it must be said why. */
  readonly reasonRequired: boolean;
}

/** The statuses of a request to have energy taxes paid back, in the order of its life (R29). */
export const REFUND_REQUEST_STATUS_CODES = ['draft', 'sent', 'received', 'accepted', 'refused', 'paid'] as const;

/** One of them. */
export type RefundRequestStatus = (typeof REFUND_REQUEST_STATUS_CODES)[number];

const facts = (label: string, next: readonly RefundRequestStatus[], reasonRequired = false): StatusFacts => ({
  label,
  next,
  reasonRequired,
});

/** What becomes of a request, as a table: how each status reads, and what may follow it. A draft is sent by who asks. */
export const REFUND_REQUEST_STATUSES: Readonly<Record<RefundRequestStatus, StatusFacts>> = {
  draft: facts('Brouillon', []),
  sent: facts('Envoyée', ['received']),
  received: facts('Mise à disposition', ['accepted', 'refused']),
  accepted: facts('Acceptée', ['paid']),
  refused: facts('Refusée', [], true),
  paid: facts('Mise en paiement', []),
};

/** The statuses that whoever treats a request gives it. */
export const REFUND_TREATMENTS = ['received', 'accepted', 'refused', 'paid'] as const satisfies RefundRequestStatus[];

/** One of them. */
export type RefundTreatment = (typeof REFUND_TREATMENTS)[number];
