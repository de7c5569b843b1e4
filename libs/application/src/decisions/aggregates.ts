import {
  evolveAccount,
  evolveConnection,
  evolveDraft,
  evolveFlow,
  evolveInvoice,
  evolveLogin,
  evolveMembership,
  evolveRefundRequest,
  evolveService,
  evolveStructure,
  evolveSupportRequest,
  evolveWebhook,
  freeLogin,
  noAccount,
  noConnection,
  noDraft,
  noFlow,
  noInvoice,
  noMembership,
  noRefundRequest,
  noService,
  noStructure,
  noSupportRequest,
  noWebhook,
  type Account,
  type AccountEvent,
  type Connection,
  type ConnectionEvent,
  type Draft,
  type DraftEvent,
  type Flow,
  type FlowEvent,
  type Invoice,
  type InvoiceEvent,
  type Login,
  type LoginEvent,
  type Membership,
  type MembershipEvent,
  type RefundRequest,
  type RefundRequestEvent,
  type Service,
  type ServiceEvent,
  type Structure,
  type StructureEvent,
  type SupportRequest,
  type SupportRequestEvent,
  type Webhook,
  type WebhookEvent,
} from '#domain';

/** A family of aggregates: how a stream becomes a state. */
export interface Aggregate<State, E> {
  readonly initial: State;
  readonly evolve: (state: State, event: E) => State;
  /** Types that carry no state and are not worth fetching, such as the rejects of a large flow. */
  readonly ignoredTypes?: readonly string[];
}

function family<State, E>(
  initial: State,
  evolve: (state: State, event: E) => State,
  ignoredTypes: readonly string[] = [],
): Aggregate<State, E> {
  return { initial, evolve, ignoredTypes };
}

/** Every family there is. */
export const aggregates = {
  account: family<Account, AccountEvent>(noAccount, evolveAccount),
  connection: family<Connection, ConnectionEvent>(noConnection, evolveConnection),
  draft: family<Draft, DraftEvent>(noDraft, evolveDraft),
  /** Without its rejects: they say nothing of its state, and a large flow has a hundred thousand of them. */
  flow: family<Flow, FlowEvent>(noFlow, evolveFlow, ['InvoiceRejected']),
  invoice: family<Invoice, InvoiceEvent>(noInvoice, evolveInvoice),
  login: family<Login, LoginEvent>(freeLogin, evolveLogin),
  membership: family<Membership, MembershipEvent>(noMembership, evolveMembership),
  refundRequest: family<RefundRequest, RefundRequestEvent>(noRefundRequest, evolveRefundRequest),
  service: family<Service, ServiceEvent>(noService, evolveService),
  structure: family<Structure, StructureEvent>(noStructure, evolveStructure),
  supportRequest: family<SupportRequest, SupportRequestEvent>(noSupportRequest, evolveSupportRequest),
  webhook: family<Webhook, WebhookEvent>(noWebhook, evolveWebhook),
};
