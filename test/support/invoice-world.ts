import { Decisions } from '#application';
import {
  accept,
  invoiceStream,
  membershipStream,
  structureStream,
  type InvoiceIntegrated,
  type MembershipEvent,
  type SpaceCode,
  type StructureEvent,
} from '#domain';
import { invoiceId } from '#persistence';
import { randomUUID } from 'node:crypto';
import { integratedInvoice } from './invoice-events.js';
import { startOwnApi, type OwnApi } from './own-api.js';
import { signedInPerson, type SignedInPerson } from '../../apps/api/src/testing/people.js';

export const SUPPLIER = '55208131766522';
export const MINISTRY = '11000201100044';
export const TOWN = '21750001600019';
export const HOLDER = '39860733300059';

/** What the API answered. */
interface Answer {
  readonly status: number;
  readonly code: unknown;
  readonly body: Record<string, unknown>;
}

/** People of a supplier, of two public bodies and of the holder of a contract, and invoices among them. */
export class InvoiceWorld {
  readonly people: Record<string, SignedInPerson> = {};
  /** How many invoices there are; they are numbered `F-1`, `F-2` … */
  count = 0;

  private constructor(readonly api: OwnApi) {}

  /** Starts an API with that world in it. */
  static async start(): Promise<InvoiceWorld> {
    const world = new InvoiceWorld(await startOwnApi());
    for (const name of ['supplier', 'buyer', 'reader', 'accounts', 'town', 'holder', 'stranger'])
      world.people[name] = await signedInPerson(world.api);
    await world.structure(SUPPLIER, false, 'supplier', { supplier: [['ISSUED_INVOICES', 'modification']] });
    await world.structure(MINISTRY, true, 'buyer', {
      buyer: [['RECEIVED_INVOICES', 'modification']],
      reader: [['RECEIVED_INVOICES', 'consultation']],
      accounts: [['RECEIVED_INVOICES', 'modification', 'COMPTA']],
    });
    await world.structure(TOWN, true, 'town', { town: [['RECEIVED_INVOICES', 'modification']] });
    await world.structure(HOLDER, false, 'holder', { holder: [['INVOICES_TO_VALIDATE', 'modification']] });
    await world.api.project();
    return world;
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** A structure with its people and what they subscribed to, as the log would tell it. */
  async structure(
    identifier: string,
    publicEntity: boolean,
    manager: string,
    rights: Record<string, readonly (readonly [SpaceCode, 'consultation' | 'modification', string?])[]>,
  ): Promise<void> {
    const by = this.people[manager]?.account ?? '';
    const spaces = [
      ...new Set(
        Object.values(rights)
          .flat()
          .map(([space, , service]) => `${space}/${service ?? ''}`),
      ),
    ];
    await this.api.app.get(Decisions).decide({ kind: 'operator' }, async (session) => {
      await session.record(
        structureStream(identifier),
        accept<StructureEvent>(
          {
            type: 'StructureRegistered',
            data: { identifier, name: `Structure ${identifier}`, publicEntity, primaryManager: by },
          },
          ...spaces.map((key): StructureEvent => {
            const [space = '', service = ''] = key.split('/');
            return {
              type: 'SpaceOpened',
              data: { space: space as SpaceCode, service: service === '' ? null : service, by },
            };
          }),
        ),
      );
      for (const [name, subscriptions] of Object.entries(rights)) {
        const key = { structure: identifier, account: this.people[name]?.account ?? '' };
        const events: MembershipEvent[] = [
          { type: 'UserAttached', data: { ...key, by } },
          ...subscriptions.map(([space, right, service = null]): MembershipEvent => ({
            type: 'SpaceSubscribed',
            data: { ...key, space, service, right, by },
          })),
        ];
        await session.record(membershipStream(key), accept(...events));
      }
    });
  }

  /** Records an invoice, its parties the supplier and the ministry unless it says otherwise; returns its id. */
  async invoice(data: Partial<InvoiceIntegrated['data']> = {}): Promise<string> {
    this.count += 1;
    const event = integratedInvoice({ number: `F-${this.count}`, rank: this.count, commitmentNumber: null, ...data });
    const stream = invoiceStream(event.data.issuer.identifier, event.data.number, event.data.issueDate);
    await this.api.store.append(stream, 'none', [event], {
      commandId: randomUUID(),
      correlationId: 'test',
      actor: 'test',
    });
    await this.api.project();
    return invoiceId(stream);
  }

  /** @param who one of the people, or a connection by its key */
  async call(who: string, method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.api.url}/api/invoices${path}`, {
      method,
      headers: { authorization: `Bearer ${this.people[who]?.token ?? who}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    return { status: response.status, code: answer['code'], body: answer };
  }

  /** Numbers of the invoices of a list, in its order. */
  async numbers(who: string, query: string): Promise<string[]> {
    const { body } = await this.call(who, 'GET', query);
    return (body['items'] as { number: string }[]).map(({ number }) => number);
  }
}
