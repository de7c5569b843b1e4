import { Deciders } from '#application';
import { invoiceStream } from '#domain';
import type { EventStore } from '#events';
import { randomUUID } from 'node:crypto';
import { openOwnStore, type OwnStore, project, TestClock } from '../../../../test/support/test-store.js';
import { integratedInvoice } from '../../../../test/support/invoice-events.js';
import { ValidationDeadlines } from './validation-deadlines.js';

const VALIDATOR = { identifier: '39860733300059', name: null };

describe('ValidationDeadlines', () => {
  let own: OwnStore;
  let store: EventStore;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
  });

  afterAll(() => own.close());

  it('R27 lets an invoice go on when its validator has let the time pass, once, and not a moment before', async () => {
    const streams: string[] = [];
    for (const [rank, billingFrame] of ['A9', 'S6', 'A1'].entries()) {
      const { type, data } = integratedInvoice({ number: `F-${rank}`, rank, billingFrame, validator: VALIDATOR });
      const stream = invoiceStream(data.issuer.identifier, data.number, data.issueDate);
      const context = { commandId: randomUUID(), correlationId: 'test', actor: 'test' };
      await store.append(stream, 'none', [{ type, data, occurredAt: '2026-11-21T10:00:00.000Z' }], context);
      streams.push(stream);
    }
    await project(store);
    const at = (instant: string) => new ValidationDeadlines(store, new Deciders(store), new TestClock(instant), 15);
    expect(await at('2026-12-06T09:59:59.999Z').look()).toBe(0);
    const deadlines = at('2026-12-06T10:00:00.000Z');
    expect(await Promise.all([deadlines.look(), deadlines.look()])).toHaveLength(2);
    expect(await deadlines.look()).toBe(0); // the read model has not moved yet, the stream has

    const versions = await store.streamVersions(streams);
    expect(streams.map((stream) => versions.get(stream))).toEqual([3, 3, 1]);
    const last = await store.readLast(streams[0] ?? '');
    expect(last).toMatchObject({
      type: 'InvoiceStatusChanged',
      data: { from: 'ABSENCE_VALIDATION_1_HORS_DELAI', to: 'MISE_A_DISPOSITION', by: 'system' },
    });
  });
});
