import { type AccountEvent, type LoginEvent } from './account/account-events.js';
import { evolveAccount, evolveLogin, freeLogin, noAccount, type Account, type Login } from './account/account.js';
import { evolveConnection, noConnection, type Connection, type ConnectionEvent } from './connection/connection.js';
import { type DraftEvent } from './draft/draft-events.js';
import { evolveDraft, noDraft, type Draft } from './draft/draft.js';
import { type FlowEvent } from './flow/flow-events.js';
import { evolveFlow, noFlow, type Flow } from './flow/flow.js';
import { type InvoiceEvent } from './invoice/invoice-events.js';
import { evolveInvoice, noInvoice, type Invoice } from './invoice/lifecycle.js';
import { type MembershipEvent } from './membership/membership-events.js';
import { evolveMembership, noMembership, type Membership } from './membership/membership.js';
import { type RefundRequestEvent } from './refund-request/refund-request-events.js';
import { evolveRefundRequest, noRefundRequest, type RefundRequest } from './refund-request/refund-request.js';
import { evolveService, noService, type Service, type ServiceEvent } from './service/service.js';
import { type StructureEvent } from './structure/structure-events.js';
import { evolveStructure, noStructure, type Structure } from './structure/structure.js';
import { type SupportRequestEvent } from './support-request/support-request-events.js';
import { evolveSupportRequest, noSupportRequest, type SupportRequest } from './support-request/support-request.js';
import { evolveWebhook, noWebhook, type Webhook, type WebhookEvent } from './webhook/webhook.js';

/** A family of aggregates: how a stream becomes a state. */
export interface Aggregate<State, E> {
  readonly initial: State;
  readonly evolve: (state: State, event: E) => State;
  /** Types that carry no state and are not worth fetching, such as the rejects of a large flow. */
  readonly ignoredTypes?: readonly string[];
}

/** A family by the names of its streams. */
export interface AggregateFamily<State, E> extends Aggregate<State, E> {
  /** What the names of its streams begin with, and no other's. */
  readonly prefix: string;
}

function family<State, E>(
  prefix: string,
  initial: State,
  evolve: (state: State, event: E) => State,
  ignoredTypes: readonly string[] = [],
): AggregateFamily<State, E> {
  return { prefix, initial, evolve, ignoredTypes };
}

/** Every family there is. */
export const aggregates = {
  account: family<Account, AccountEvent>('account-', noAccount, evolveAccount),
  connection: family<Connection, ConnectionEvent>('connection-', noConnection, evolveConnection),
  draft: family<Draft, DraftEvent>('draft-', noDraft, evolveDraft),
  /** Without its rejects: they say nothing of its state, and a large flow has a hundred thousand of them. */
  flow: family<Flow, FlowEvent>('flow-CPP', noFlow, evolveFlow, ['InvoiceRejected']),
  invoice: family<Invoice, InvoiceEvent>('invoice-', noInvoice, evolveInvoice),
  login: family<Login, LoginEvent>('login-', freeLogin, evolveLogin),
  membership: family<Membership, MembershipEvent>('membership-', noMembership, evolveMembership),
  refundRequest: family<RefundRequest, RefundRequestEvent>('refund-request-', noRefundRequest, evolveRefundRequest),
  service: family<Service, ServiceEvent>('service-', noService, evolveService),
  structure: family<Structure, StructureEvent>('structure-', noStructure, evolveStructure),
  supportRequest: family<SupportRequest, SupportRequestEvent>(
    'support-request-',
    noSupportRequest,
    evolveSupportRequest,
  ),
  webhook: family<Webhook, WebhookEvent>('webhook-', noWebhook, evolveWebhook),
};
