import { Decisions, Directory, type FeedEvent } from '#application';
import {
  accept,
  changeStatus,
  evolveInvoice,
  invoiceStream,
  membershipStream,
  noInvoice,
  structureStream,
  type InvoiceEvent,
  type InvoiceIntegrated,
  type MembershipEvent,
  type SpaceCode,
  type StructureEvent,
} from '#domain';
import type { EventStore } from '#events';
import { randomUUID } from 'node:crypto';
import type { SignedInPerson } from '../../apps/api/src/testing/people.js';
import type { TestApi } from '../../apps/api/src/testing/test-api.js';
import { integratedInvoice } from './invoice-events.js';

export const SUPPLIER = '55208131766522';
export const MINISTRY = '11000201100044';
export const TOWN = '21750001600019';
export const HOLDER = '39860733300059';

let ranks = 0;

const context = () => ({ commandId: randomUUID(), correlationId: 'test', actor: 'test' });

/** Lets an invoice in, as the worker records it; returns its stream. */
export async function letIn(store: EventStore, data: Partial<InvoiceIntegrated['data']> = {}): Promise<string> {
  ranks += 1;
  const event = integratedInvoice({
    serviceCode: null,
    commitmentNumber: null,
    rank: ranks,
    number: `F-${randomUUID().slice(0, 13)}`,
    ...data,
  });
  const stream = invoiceStream(event.data.issuer.identifier, event.data.number, event.data.issueDate);
  await store.append(stream, 'none', [event], context());
  return stream;
}

/** Has the recipient, or a validator, set a status. */
export async function setStatus(
  store: EventStore,
  stream: string,
  change: Partial<Parameters<typeof changeStatus>[1]> & { readonly to: string },
): Promise<void> {
  await decideOn(store, stream, (invoice) =>
    changeStatus(invoice, { by: 'recipient', reason: null, comment: null, paymentOrder: null, ...change }, 'strict'),
  );
}

/** Decides on an invoice and records it. */
export async function decideOn(
  store: EventStore,
  stream: string,
  decide: (invoice: Parameters<typeof changeStatus>[0]) => ReturnType<typeof changeStatus>,
): Promise<void> {
  let invoice: Parameters<typeof changeStatus>[0] = noInvoice;
  for await (const { type, data } of store.readStream(stream))
    invoice = evolveInvoice(invoice, { type, data } as InvoiceEvent);
  const decision = decide(invoice);
  if (!decision.accepted) throw new Error(`${decision.code} ${decision.message}`);
  await store.append(stream, 'exists', [...decision.events], context());
}

/** Registers a public structure with a connection; returns the connection's key. */
export async function connectionOf(api: TestApi, structure: string, applicationCode: string): Promise<string> {
  const connection = { applicationCode, structure, name: `Raccordement ${applicationCode}`, publicKey: null };
  return (await api.app.get(Directory).openConnection(connection, 'test')).apiKey;
}

/** A public structure whose manager is subscribed to what it receives, on all of it or on one service. */
export async function receivingStructure(
  api: TestApi,
  identifier: string,
  people: readonly { readonly person: SignedInPerson; readonly service: string | null }[],
): Promise<void> {
  const by = people[0]?.person.account ?? '';
  const space: SpaceCode = 'RECEIVED_INVOICES';
  await api.app.get(Decisions).decide({ kind: 'operator' }, async (session) => {
    const registered: StructureEvent = {
      type: 'StructureRegistered',
      data: { identifier, name: `Structure ${identifier}`, publicEntity: true, primaryManager: by },
    };
    const services = [...new Set(people.map(({ service }) => service))];
    const opened = services.map((service): StructureEvent => ({ type: 'SpaceOpened', data: { space, service, by } }));
    await session.record(structureStream(identifier), accept(registered, ...opened));
    for (const { person, service } of people) {
      const key = { structure: identifier, account: person.account };
      const events: MembershipEvent[] = [
        { type: 'UserAttached', data: { ...key, by } },
        { type: 'SpaceSubscribed', data: { ...key, space, service, right: 'modification', by } },
      ];
      await session.record(membershipStream(key), accept(...events));
    }
  });
  await api.project();
}

/** Ends what a person may do on a structure. */
export async function endRights(api: TestApi, structure: string, account: string): Promise<void> {
  const key = { structure, account };
  await api.app
    .get(Decisions)
    .decide({ kind: 'operator' }, (session) =>
      session.record<MembershipEvent>(
        membershipStream(key),
        accept<MembershipEvent>({ type: 'AuthorisationDeactivated', data: { ...key, by: 'test' } }),
      ),
    );
  await api.project();
}

/** A page of the feed as a client reads it. */
export interface ReadPage {
  readonly status: number;
  readonly items: readonly FeedEvent[];
  readonly next: string;
  readonly atEnd: boolean;
  readonly code?: string;
}

/** Reads a page. */
export async function readFeed(api: TestApi, key: string, query = ''): Promise<ReadPage> {
  const response = await fetch(`${api.url}/api/events${query}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, ...((await response.json()) as Omit<ReadPage, 'status'>) };
}
