import { Decisions, OBJECTS, type Caller } from '#application';
import {
  accept,
  draftStream,
  invoiceStream,
  membershipStream,
  serviceStream,
  structureStream,
  supportRequestStream,
  type DraftEvent,
  type Event,
  type InvoiceEvent,
  type InvoiceIntegrated,
  type MembershipEvent,
  type MembershipKey,
  type SpaceCode,
  type SpaceRight,
  type ServiceEvent,
  type StructureEvent,
  type SupportRequestEvent,
  type SupportRequestFile,
  type SupportRequestRecipient,
} from '#domain';
import { invoiceId, type ObjectStore } from '#persistence';
import { randomUUID } from 'node:crypto';
import { siretOf } from '../../../apps/api/src/structures/testing/siret.js';
import { activeAccount } from '../../../apps/api/src/testing/active-account.js';
import { signedInPerson, type SignedInPerson } from '../../../apps/api/src/testing/people.js';
import { depositedFlow, endedFlow, recordOnFlow } from '../../../apps/api/src/testing/test-api.js';
import { integratedInvoice } from '../invoice-events.js';
import type { OwnApi } from '../own-api.js';
import { CALLER_NAMES, CALLERS, type CallerName } from './callers.js';

const operator: Caller = { kind: 'operator' };

/** Structure of the connection `other` and of the strangers. */
const ELSEWHERE = '39860733300059';

/** A structure that nobody who calls belongs to: the other party of invoices and support requests. */
const PARTNER = '11000201100044';

/** A service of the structure, and of its partner. */
export const SERVICE = 'COMPTA';

type Rights = readonly (readonly [SpaceCode, SpaceRight])[];

const INVOICE_SPACES = ['ISSUED_INVOICES', 'RECEIVED_INVOICES', 'INVOICES_TO_VALIDATE'] as const;
const MANAGED_SPACES = ['RECEIVED_INVOICES', 'INVOICES_TO_VALIDATE', 'WORKS_INVOICES', 'ENERGY_TAX_REFUNDS'] as const;
const SUBSCRIBED_SPACES = [...INVOICE_SPACES, 'ENERGY_TAX_REFUNDS'] as const;
const EVERYTHING: Rights = SUBSCRIBED_SPACES.map((space) => [space, 'modification']);
const LOOKING: Rights = SUBSCRIBED_SPACES.map((space) => [space, 'consultation']);

/** People and connections of two structures, and what those ask for who walk the access matrix. */
export class AccessWorld {
  /** Structure of the connection `own` and of the people of the matrix: a public one of the State. */
  readonly structure: string;
  /** Structure of strangers. */
  readonly elsewhere = ELSEWHERE;
  /** The other party of invoices. */
  readonly partner = PARTNER;
  private readonly people = new Map<CallerName, SignedInPerson>();
  private ended = '';
  private waiting = '';
  private author = '';
  private count = 0;

  private constructor(readonly api: OwnApi) {
    this.structure = api.own.structure;
  }

  /** Makes the structures and their people, and brings the read models up to them. */
  static async open(api: OwnApi): Promise<AccessWorld> {
    const world = new AccessWorld(api);
    for (const name of CALLER_NAMES)
      if (!['none', 'wrong', 'other', 'own', 'operator'].includes(name))
        world.people.set(name, await signedInPerson(api));
    world.author = await activeAccount(api);
    await world.register(world.structure, world.peopleOf(''), { simple: LOOKING, primary: EVERYTHING });
    const everywhere = { simple: EVERYTHING, secondary: EVERYTHING, primary: EVERYTHING };
    await world.register(ELSEWHERE, world.peopleOf(' elsewhere'), everywhere);
    const partners = { simple: await activeAccount(api), secondary: await activeAccount(api), primary: world.author };
    await world.register(PARTNER, partners);
    world.ended = await endedFlow(api, 1, 1);
    world.waiting = await depositedFlow(api);
    await recordOnFlow(api, world.waiting, [{ type: 'FlowIncidentRaised', data: { reason: 'disque plein' } }]);
    return world;
  }

  /** A flow of the connection `own` that was worked on, with one reject. */
  get flow(): string {
    return this.ended;
  }

  /** A flow of the connection `own` that an incident stopped. */
  get incident(): string {
    return this.waiting;
  }

  /** A person who calls. */
  person(name: CallerName): SignedInPerson {
    const person = this.people.get(name);
    if (person === undefined) throw new Error(`${name} is no person`);
    return person;
  }

  /** The person behind a caller, if it is one. */
  personOf(caller: CallerName): SignedInPerson | undefined {
    return this.people.get(caller);
  }

  /** What a caller shows as `Authorization: Bearer …`; null for nothing. */
  tokenOf(caller: CallerName): string | null {
    const column = CALLERS[caller];
    if (column === 'none') return null;
    if (column === 'wrong') return `rep_${'x'.repeat(43)}`;
    if (column === 'other' || column === 'own' || column === 'operator') return this.api.keys[column];
    return this.person(caller).token;
  }

  /** A SIRET that nobody has. */
  newIdentifier(): string {
    this.count += 1;
    return siretOf('130025265', this.count);
  }

  /** A login address that nobody has. */
  newLogin(): string {
    this.count += 1;
    return `nouveau.${this.count}@exemple.test`;
  }

  /** An active account of somebody new. */
  account(): Promise<string> {
    return activeAccount(this.api);
  }

  /**
   * The structure to change: of the same people without subscriptions, one for each caller, since what one does to it must not
   * meet the next. Machines have theirs and no other.
   */
  async ownStructure(caller: CallerName): Promise<string> {
    if (CALLERS[caller] === 'own' || CALLERS[caller] === 'other') return this.structure;
    const identifier = this.newIdentifier();
    await this.register(identifier, this.peopleOf(''));
    return identifier;
  }

  /** Somebody new, attached to the structure as a simple user, with what comes on top. */
  async member(...further: ((key: MembershipKey & { by: string }) => MembershipEvent)[]): Promise<string> {
    return this.inMembership((data) => ({ type: 'UserAttached', data }), ...further);
  }

  /** Somebody new who waits for attachment to the structure. */
  async applicant(): Promise<string> {
    return this.inMembership(({ structure, account }) => ({
      type: 'AttachmentRequested',
      data: { structure, account },
    }));
  }

  /** Bank details of the structure. @returns their UUID */
  async bankDetails(): Promise<string> {
    const id = randomUUID();
    const data = { id, label: 'Compte', holder: 'Ministère', iban: `FR${id}`, bic: 'BDFEFRPP' };
    const added: StructureEvent = {
      type: 'BankDetailsAdded',
      data: { ...data, factor: null, person: null, by: 'operator' },
    };
    await this.record([structureStream(this.structure), added]);
    return id;
  }

  /** An invoice between the structure and its partner, and what became of it. @returns its public id */
  async invoice(data: Partial<InvoiceIntegrated['data']>, ...further: readonly InvoiceEvent[]): Promise<string> {
    this.count += 1;
    const partner = { identifier: PARTNER, name: null };
    const number = `F-${this.count}`;
    const parties = { sender: partner, issuer: partner, recipient: partner, serviceCode: null };
    const first = integratedInvoice({ number, rank: this.count, ...parties, ...data });
    const stream = invoiceStream(first.data.issuer.identifier, number, first.data.issueDate);
    const context = { commandId: randomUUID(), correlationId: 'test', actor: 'test' };
    await this.api.store.append(stream, 'none', [first, ...further], context);
    return invoiceId(stream);
  }

  /** An invoice of the structure under input, of which little is typed. @returns its UUID */
  async draft(): Promise<string> {
    const draft = randomUUID();
    const saved: DraftEvent = {
      type: 'DraftSaved',
      data: { draft, structure: this.structure, content: { number: 'F-1' }, by: 'test' },
    };
    const mandate: StructureEvent = { type: 'InvoicingMandateSubscribed', data: { by: 'operator' } };
    await this.record([draftStream(draft), saved], [structureStream(this.structure), mandate]);
    return draft;
  }

  /** A support request: of somebody of the partner, unless an author is named. @returns its UUID */
  async supportRequest({
    author = this.author,
    recipient,
    files = [],
  }: {
    readonly author?: string;
    readonly recipient: SupportRequestRecipient;
    readonly files?: readonly SupportRequestFile[];
  }): Promise<string> {
    const request = randomUUID();
    const structure = author === this.author ? PARTNER : this.structure;
    const about = { category: 'STRUCTURES_AND_USERS', subcategory: 'USER_RIGHTS', subject: 'Droits', text: 'Bonjour' };
    const data = { request, author, structure, recipient, ...about, files };
    const created: SupportRequestEvent = { type: 'SupportRequestCreated', data };
    await this.record([supportRequestStream(request), created]);
    return request;
  }

  /** Bytes in the object store. @param start what they begin with */
  async object(start = ''): Promise<{ readonly sha256: string; readonly size: number }> {
    const bytes = (async function* () {
      yield await Promise.resolve(Buffer.from(`${start}${randomUUID()}`));
    })();
    return this.api.app.get<ObjectStore>(OBJECTS).put(bytes, { maxBytes: 100 });
  }

  /** Records what the log is to tell, whoever did it. */
  async record(
    ...streams: readonly (readonly [stream: string, ...events: readonly Event<string, unknown>[]])[]
  ): Promise<void> {
    await this.api.app.get(Decisions).decide(operator, async (session) => {
      for (const [stream, ...events] of streams) await session.record(stream, accept(...events));
    });
  }

  private peopleOf(place: '' | ' elsewhere') {
    return {
      simple: this.person(`simple${place}`).account,
      secondary: this.person(`secondary${place}`).account,
      primary: this.person(`primary${place}`).account,
    };
  }

  private async inMembership(...events: ((key: MembershipKey & { by: string }) => MembershipEvent)[]): Promise<string> {
    const account = await activeAccount(this.api);
    const data = { structure: this.structure, account, by: 'operator' };
    await this.record([membershipStream(data), ...events.map((event) => event(data))]);
    return account;
  }

  private async register(
    identifier: string,
    people: Readonly<Record<'simple' | 'secondary' | 'primary', string>>,
    rights: Partial<Record<'simple' | 'secondary' | 'primary', Rights>> = {},
  ): Promise<void> {
    const by = people.primary;
    const about = { identifier, name: `Structure ${identifier}`, publicEntity: true, category: 'STATE' } as const;
    const structure: StructureEvent[] = [
      { type: 'StructureRegistered', data: { ...about, identifierType: 'SIRET', primaryManager: by } },
      ...MANAGED_SPACES.map((space): StructureEvent => ({
        type: 'SpaceOpened',
        data: { space, service: null, by },
      })),
    ];
    const members = (['primary', 'secondary', 'simple'] as const).map((role) => {
      const data = { structure: identifier, account: people[role], by };
      const events: MembershipEvent[] = [{ type: 'UserAttached', data }];
      if (role === 'secondary') events.push({ type: 'SecondaryManagerAppointed', data });
      for (const [space, right] of rights[role] ?? [])
        events.push({ type: 'SpaceSubscribed', data: { ...data, space, service: null, right } });
      return [membershipStream(data), ...events] as const;
    });
    const service = { structure: identifier, code: SERVICE };
    const opened: ServiceEvent = { type: 'ServiceOpened', data: { ...service, name: 'Comptabilité' } };
    await this.record([structureStream(identifier), ...structure], [serviceStream(service), opened], ...members);
  }
}
