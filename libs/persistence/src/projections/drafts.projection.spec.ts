import type { DraftEvent } from '#domain';
import type { EventStore } from '#events';
import { dump, forget, project, record } from '../../../../test/support/read-models.js';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { typedInvoice } from '../../../../test/support/typed-invoice.js';
import { draftsProjection } from './drafts.projection.js';

const OPEN = 'd4a4d0a2-0000-4000-8000-000000000001';
const SENT = 'd4a4d0a2-0000-4000-8000-000000000002';
const DELETED = 'd4a4d0a2-0000-4000-8000-000000000003';
const structure = '55208131766522';
const by = 'account-1';

describe('the list of drafts', () => {
  let own: OwnStore;
  let store: EventStore;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
  });

  afterAll(() => own.close());

  const saved = (draft: string, content: object | null = typedInvoice()): DraftEvent => ({
    type: 'DraftSaved',
    data: { draft, structure, content, by },
  });
  const document = { sha256: 'a'.repeat(64), size: 1 };
  const streams: Readonly<Record<string, readonly DraftEvent[]>> = {
    [OPEN]: [
      saved(OPEN, {}),
      { type: 'DraftConfirmed', data: { draft: OPEN, document, by } },
      { type: 'DraftReopened', data: { draft: OPEN, reason: 'refusé', by } },
      saved(OPEN),
    ],
    [SENT]: [
      saved(SENT),
      { type: 'DraftConfirmed', data: { draft: SENT, document, by } },
      { type: 'DraftSent', data: { draft: SENT, flowNumber: 'CPP0011150000000000000001', by } },
    ],
    [DELETED]: [saved(DELETED, null), { type: 'DraftDeleted', data: { draft: DELETED, by } }],
  };

  it('R22 tells drafts apart, names nobody whom they name, and is the same when it is made anew', async () => {
    for (const [draft, events] of Object.entries(streams))
      await record(store, { stream: `draft-${draft}`, expected: 'none', events: [...events] });
    await project(store, [draftsProjection]);
    const { rows } = await store.pool.query(
      'SELECT draft, status, number, recipient, total_with_vat, missing, flow_number FROM read.drafts ORDER BY draft',
    );
    const about = { number: 'F2026-0001', recipient: '39860733300059', total_with_vat: '71.88', missing: 0 };
    expect(rows).toEqual([
      { draft: OPEN, status: 'open', ...about, flow_number: null },
      { draft: SENT, status: 'sent', ...about, flow_number: 'CPP0011150000000000000001' },
    ]);
    const first = await dump(store.pool, [draftsProjection]);
    await forget(store.pool, [draftsProjection]);
    await project(store, [draftsProjection]);
    expect(await dump(store.pool, [draftsProjection])).toEqual(first);
  });
});
