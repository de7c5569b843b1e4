import type { RefundRequestEvent } from '#domain';
import type { EventStore } from '#events';
import { dump, forget, project, record } from '../../../../test/support/read-models.js';
import { typedRefundRequest } from '../../../../test/support/typed-refund-request.js';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { refundRequestsProjection } from './refund-requests.projection.js';

const DRAFT = '4a4a4a4a-0000-4000-8000-000000000001';
const REFUSED = '4a4a4a4a-0000-4000-8000-000000000002';
const DELETED = '4a4a4a4a-0000-4000-8000-000000000003';
const structure = '55208131766522';
const by = 'account-1';

describe('the list of requests to have energy taxes paid back', () => {
  let own: OwnStore;
  let store: EventStore;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
  });

  afterAll(() => own.close());

  const complete = typedRefundRequest({ recipient: '11000201100044', bankDetails: DRAFT });
  const saved = (request: string, content: object | null = complete): RefundRequestEvent => ({
    type: 'RefundRequestSaved',
    data: { request, structure, content, by },
  });
  const changed = (request: string, status: 'received' | 'refused', reason: string | null): RefundRequestEvent => ({
    type: 'RefundRequestStatusChanged',
    data: { request, status, reason, by },
  });
  const streams: Readonly<Record<string, readonly RefundRequestEvent[]>> = {
    [DRAFT]: [saved(DRAFT), saved(DRAFT, { tax: 'TIC' })],
    [REFUSED]: [
      saved(REFUSED, {}),
      saved(REFUSED),
      {
        type: 'RefundRequestSent',
        data: { request: REFUSED, number: 'TIC-2026-00000001', recipient: '11000201100044', by },
      },
      changed(REFUSED, 'received', null),
      changed(REFUSED, 'refused', 'Facture\0 illisible.'),
    ],
    [DELETED]: [saved(DELETED, null), { type: 'RefundRequestDeleted', data: { request: DELETED, by } }],
  };

  it('R29 tells requests apart, keeps what became of each, and is the same when it is made anew', async () => {
    for (const [request, events] of Object.entries(streams))
      await record(store, { stream: `refund-request-${request}`, expected: 'none', events: [...events] });
    await project(store, [refundRequestsProjection]);
    const { rows } = await store.pool.query(
      `SELECT request, status, number, recipient, tax, lines, total, missing, sent_at IS NULL AS waits
         FROM read.refund_requests ORDER BY request`,
    );
    expect(rows).toEqual([
      {
        ...{ request: DRAFT, status: 'draft', number: null, recipient: null, tax: 'TIC' },
        ...{ lines: 0, total: null, missing: 5, waits: true },
      },
      {
        ...{ request: REFUSED, status: 'refused', number: 'TIC-2026-00000001', recipient: '11000201100044' },
        ...{ tax: 'TICGN', lines: 2, total: '146.95', missing: 0, waits: false },
      },
    ]);
    const statuses = await store.pool.query(
      'SELECT request, place, status, reason FROM read.refund_request_statuses ORDER BY place',
    );
    expect(statuses.rows).toEqual([
      { request: REFUSED, place: 1, status: 'sent', reason: null },
      { request: REFUSED, place: 2, status: 'received', reason: null },
      { request: REFUSED, place: 3, status: 'refused', reason: 'Facture\u{fffd} illisible.' },
    ]);
    const first = await dump(store.pool, [refundRequestsProjection]);
    await forget(store.pool, [refundRequestsProjection]);
    await project(store, [refundRequestsProjection]);
    expect(await dump(store.pool, [refundRequestsProjection])).toEqual(first);
  });
});
