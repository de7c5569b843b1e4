import { Deciders } from '#application';
import { changeStatus, type InvoiceIntegrated, type PrecedingInvoice } from '#domain';
import { openEventStore, type EventStore } from '#events';
import { invoiceId, invoicesProjection } from '#persistence';
import { decideOn, HOLDER, letIn } from '../../../../test/support/feed-world.js';
import { dump, forget, project } from '../../../../test/support/read-models.js';
import { SeveringProxy } from '../../../../test/support/severing-proxy.js';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { eventually } from '../../../../test/support/webhook-world.js';
import { CreditNotes } from './credit-notes.js';

const VALIDATOR = { identifier: HOLDER, name: null };

describe('CreditNotes', () => {
  let own: OwnStore;
  let store: EventStore;
  let creditNotes: CreditNotes;
  let count = 0;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
    creditNotes = new CreditNotes(store, new Deciders(store));
  });

  afterAll(() => own.close());

  const look = async (): Promise<number> => {
    await project(store, [invoicesProjection]);
    return creditNotes.look();
  };

  const number = (): string => `F-${(count += 1)}`;
  const invoice = (named: string): Promise<string> => letIn(store, { number: named, totalWithVat: '120.00' });
  const creditNote = (
    originals: readonly (string | PrecedingInvoice)[],
    data: Partial<InvoiceIntegrated['data']> = {},
  ): Promise<string> =>
    letIn(store, {
      typeCode: '381',
      totalWithVat: '120.00',
      precedingInvoices: originals.map((one) =>
        typeof one === 'string' ? { number: one, issueDate: '2026-11-20' } : one,
      ),
      ...data,
    });
  const eventsOf = async (stream: string) => {
    const events = [];
    for await (const event of store.readStream(stream)) events.push(event);
    return events;
  };
  const typesOf = async (stream: string) => (await eventsOf(stream)).map(({ type }) => type);

  it('R25 R46 tells an invoice once of its credit note, caused by it, however often it is looked', async () => {
    const original = number();
    const stream = await invoice(original);
    const note = await creditNote([original]);
    expect(await look()).toBe(1);
    expect(await creditNotes.look()).toBe(0); // the read model has not seen it yet, the stream has
    expect(await look()).toBe(0);
    const [, credited] = await eventsOf(stream);
    const [first] = await eventsOf(note);
    expect(await typesOf(stream)).toEqual(['InvoiceIntegrated', 'InvoiceCredited']);
    expect(credited).toMatchObject({
      data: { cancelled: true, status: 'MISE_A_DISPOSITION' },
      metadata: { causationId: first?.id, actor: 'credit-notes' },
    });
  });

  it('R25 waits for the invoice when the credit note comes first, and tells each of several', async () => {
    const [one, other, unknown] = [number(), number(), number()];
    await creditNote([one, other, unknown]);
    expect(await look()).toBe(0);
    const streams = [await invoice(one), await invoice(other)];
    expect(await look()).toBe(2);
    for (const stream of streams)
      expect((await eventsOf(stream))[1]).toMatchObject({ data: { cancelled: false, creditNote: { amount: null } } });
  });

  it('R27 tells nobody of a credit note that its validator has, until it goes on', async () => {
    const original = number();
    const stream = await invoice(original);
    const note = await creditNote([original], { billingFrame: 'A9', validator: VALIDATOR });
    expect(await look()).toBe(0);
    const said = { reason: null, comment: null, paymentOrder: null };
    await decideOn(store, note, (one) => changeStatus(one, { to: 'VALIDEE_1', by: 'validator', ...said }, 'strict'));
    expect(await look()).toBe(1);
    expect(await typesOf(stream)).toEqual(['InvoiceIntegrated', 'InvoiceCredited']);
  });

  it('R25 lets alone what a corrected invoice, another issuer or a reference without a date names, and itself', async () => {
    const [original, own] = [number(), number()];
    const stream = await invoice(original);
    await creditNote([original], { typeCode: '384' });
    await creditNote([original], { issuer: VALIDATOR });
    await creditNote([{ number: original, issueDate: null }]);
    await creditNote([own], { number: own });
    expect(await look()).toBe(0);
    expect(await typesOf(stream)).toEqual(['InvoiceIntegrated']);
  });

  it('R46 two workers at once, a crash before the cursor and a read model made anew tell it once', async () => {
    const original = number();
    const stream = await invoice(original);
    await creditNote([original]);
    await project(store, [invoicesProjection]);
    const second = new CreditNotes(store, new Deciders(store));
    await Promise.allSettled([creditNotes.look(), second.look()]);
    await look();
    const before = await dump(store.pool, [invoicesProjection]);
    await forget(store.pool, [invoicesProjection]);
    expect(await look()).toBe(0);
    expect(await dump(store.pool, [invoicesProjection])).toEqual(before);
    expect(await typesOf(stream)).toEqual(['InvoiceIntegrated', 'InvoiceCredited']);
    const { rows } = await store.pool.query('SELECT credit FROM read.invoice_references WHERE original = $1', [
      invoiceId(stream),
    ]);
    expect(rows).toEqual([{ credit: 'credited' }]);
  });

  it.each([
    ['between reading and recording', 'cutBefore', ['InvoiceIntegrated']],
    ['when it has recorded and does not know it yet', 'cutAfter', ['InvoiceIntegrated', 'InvoiceCredited']],
  ] as const)('R46 a worker that dies %s leaves it to the next, which tells it once', async (_, cut, left) => {
    const original = number();
    const stream = await invoice(original);
    await creditNote([original]);
    await project(store, [invoicesProjection]);
    const proxy = await SeveringProxy.before(own.connectionString);
    const dying = await openEventStore({ connectionString: proxy.connectionString });
    proxy[cut]('InvoiceCredited');
    await expect(new CreditNotes(dying, new Deciders(dying)).look()).rejects.toThrow();
    expect(proxy.cuts).toBe(1);
    await dying.close();
    await proxy.stop();
    await eventually('the log as it was left', async () => (await typesOf(stream)).length === left.length);
    expect(await typesOf(stream)).toEqual(left);
    expect(await creditNotes.look()).toBe(2 - left.length);
    expect(await look()).toBe(0);
    expect(await typesOf(stream)).toEqual(['InvoiceIntegrated', 'InvoiceCredited']);
  });
});
