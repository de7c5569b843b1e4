import { randomUUID } from 'node:crypto';
import type { AppendContext, NewEvent, StreamAppend } from '#events';

/** A context like those of the platform: with what the store adds, some 130 bytes of metadata. */
export function benchContext(): AppendContext {
  return { commandId: randomUUID(), correlationId: 'bench-0123456789', actor: 'bench' };
}

/** An event of some 470 bytes of JSON, shaped like an invoice's. */
export function benchEvent(rank: number): NewEvent {
  return {
    type: 'InvoiceSubmitted',
    occurredAt: '2026-01-05T09:30:00.000Z',
    data: {
      number: `F-2026-${String(rank).padStart(8, '0')}`,
      issuer: { siret: '12345678901234', name: 'Société d’exemple des travaux et services' },
      recipient: { siret: '98765432109876', serviceCode: 'SERVICE-01', engagement: `ENG-${rank % 1000}` },
      issueDate: '2026-01-05',
      currency: 'EUR',
      totals: { net: '1234.50', tax: '246.90', payable: '1481.40' },
      taxes: [{ category: 'S', rate: '20.00', base: '1234.50', amount: '246.90' }],
      source: { object: 'a'.repeat(64), offset: rank * 4096, length: 4096 },
      framework: 'A1',
    },
  };
}

/** So many invoices, one new stream of one event each, made one by one: memory does not grow with their number. */
export function* newStreams(count: number, prefix: string): Generator<StreamAppend> {
  for (let rank = 0; rank < count; rank++)
    yield { stream: `${prefix}-${rank}`, expected: 'none', events: [benchEvent(rank)] };
}
