import { newWebhookSecret, WebhookSecrets } from '#application';
import { invoiceStream, webhookStream, type FeedPlace, type WebhookEvent } from '#domain';
import type { EventStore, NewEvent } from '#events';
import { randomUUID } from 'node:crypto';
import { integratedInvoice } from './invoice-events.js';

/** Secret of the platform in these tests. */
export const PLATFORM_SECRET = 'secret-de-la-plateforme-pour-les-tests-de-webhooks';

const context = () => ({ commandId: randomUUID(), correlationId: 'test', actor: 'test' });
const BEGINNING: FeedPlace = { transaction: '0', position: 0 };

/** A webhook as people register it. */
export async function registeredWebhook(
  store: EventStore,
  structure: string,
  url: string,
  after: FeedPlace = BEGINNING,
): Promise<{ readonly webhook: string; readonly secret: string }> {
  const webhook = randomUUID();
  const secret = newWebhookSecret();
  await new WebhookSecrets(store.pool, PLATFORM_SECRET).keep(webhook, secret, new Date(), null);
  await record(store, {
    type: 'WebhookRegistered',
    data: { webhook, structure, url, description: null, after, by: 'test' },
  });
  return { webhook, secret };
}

/** Puts an event behind a webhook's stream. */
export async function record(store: EventStore, event: WebhookEvent): Promise<void> {
  await store.append(webhookStream(event.data.webhook), 'any', [event], context());
}

/** Lets an invoice of an issuer in, and says so many things of it; returns the ids of the events, in order. */
export async function livedInvoice(store: EventStore, issuer: string, statuses: number): Promise<string[]> {
  const number = `F-${randomUUID()}`;
  const party = { identifier: issuer, name: 'Fournisseur' };
  const recipient = { identifier: '11000201100044', name: 'Ministère' };
  const reference = {
    number,
    issueDate: '2026-11-20',
    issuer,
    recipient: recipient.identifier,
    serviceCode: null,
    validator: null,
  };
  const integrated = integratedInvoice({ number, issuer: party, sender: party, recipient, serviceCode: null });
  const events: NewEvent[] = [
    { ...integrated, id: randomUUID() },
    ...Array.from({ length: statuses }, () => ({
      type: 'InvoiceCompleted',
      data: { invoice: reference, comment: null, supportingDocuments: [] },
      id: randomUUID(),
    })),
  ];
  await store.append(invoiceStream(issuer, number, '2026-11-20'), 'none', events, context());
  return events.map(({ id = '' }) => id);
}

/** Waits until something is so. */
export async function eventually(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 25_000;
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`It does not come to it: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
