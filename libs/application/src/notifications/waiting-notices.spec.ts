import type { RecordedEvent } from '#events';
import { randomUUID } from 'node:crypto';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { toAccount, toManagers, type Notice } from './notice.js';
import { WaitingNotices } from './waiting-notices.js';

const STRUCTURE = '21690123100011';

describe('WaitingNotices', () => {
  let own: OwnStore;

  beforeAll(async () => {
    own = await openOwnStore();
    await own.store.pool.query('INSERT INTO outbox.structures (identifier, primary_manager) VALUES ($1, $2)', [
      STRUCTURE,
      'manager',
    ]);
    await own.store.pool.query(
      `INSERT INTO outbox.members (structure, account, attached, secondary) VALUES ($1, 'manager', true, false), ($1, 'second', true, true)`,
      [STRUCTURE],
    );
  });

  afterAll(() => own.close());

  /** What is in the outbox after these events, each with its notices, went in together. */
  async function told(...events: readonly (readonly Notice[])[]): Promise<unknown[]> {
    const client = await own.store.pool.connect();
    try {
      await client.query('BEGIN');
      const waiting = new WaitingNotices(client);
      const ids: string[] = events.map(() => randomUUID());
      for (const [index, notices] of events.entries())
        waiting.add({ id: ids[index], recordedAt: '2026-11-22T10:00:00.000Z' } as RecordedEvent, notices);
      await waiting.put();
      await waiting.put(); // nothing waits any more
      const { rows } = await client.query<{ event: string; recipient: string; template: string }>(
        'SELECT event, recipient, template FROM outbox.mails',
      );
      return rows.map(({ event, recipient, template }) => `${ids.indexOf(event)} ${recipient} ${template}`).sort();
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  }

  it('R04 when two notices of an event reach somebody, gives the first one, whatever other events have', async () => {
    const person = toAccount('manager', 'to-the-person', {});
    const managers = toManagers(STRUCTURE, 'to-the-managers', {});
    expect(await told([person, managers], [managers, person], [managers])).toEqual([
      '0 manager to-the-person',
      '0 second to-the-managers',
      '1 manager to-the-managers',
      '1 second to-the-managers',
      '2 manager to-the-managers',
      '2 second to-the-managers',
    ]);
  });
});
