import type { AccountEvent, LoginEvent } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import { columnText } from './column-text.js';
import type { Projection } from './projection.js';

/** What is asked for and what is secret changes nothing that is shown. */
type ShownEvent =
  LoginEvent | Exclude<AccountEvent, { type: 'ActivationRequested' | 'PasswordResetRequested' | 'PasswordChanged' }>;

/** Accounts of people (R01), for lists and mails. What is personal goes from here when the person is erased. */
export const accountsProjection: Projection = {
  name: 'accounts',
  types: [
    'LoginTaken',
    'AccountCreated',
    'AccountActivated',
    'ContactAddressChanged',
    'NotificationsChosen',
    'PigpAccountLinked',
    'PigpAccountUnlinked',
    'AccountDeactivated',
    'AccountReactivated',
    'PersonErased',
  ],
  tables: ['read.accounts'],
  async handle(events, tx) {
    for (const event of events) await apply(event, tx);
  },
};

async function apply(recorded: RecordedEvent, tx: PoolClient): Promise<void> {
  const event = { type: recorded.type, data: recorded.data } as ShownEvent;
  const { account } = event.data;
  switch (event.type) {
    case 'LoginTaken': {
      // The claim and the account are recorded together, in whichever order.
      const digest = recorded.stream.slice(recorded.stream.indexOf('-') + 1);
      await tx.query(
        `INSERT INTO read.accounts (account, login_digest) VALUES ($1, $2)
         ON CONFLICT (account) DO UPDATE SET login_digest = excluded.login_digest`,
        [account, digest],
      );
      return;
    }
    case 'AccountCreated': {
      const { login, contactAddress, firstName, lastName } = event.data;
      await tx.query(
        `INSERT INTO read.accounts (account, login, contact_address, first_name, last_name, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (account) DO UPDATE
            SET login = excluded.login, contact_address = excluded.contact_address, first_name = excluded.first_name,
                last_name = excluded.last_name, created_at = excluded.created_at`,
        [account, ...[login, contactAddress, firstName, lastName].map(columnText), recorded.recordedAt],
      );
      return;
    }
    case 'AccountActivated':
      await tx.query(`UPDATE read.accounts SET state = 'active', activated = true WHERE account = $1`, [account]);
      return;
    case 'ContactAddressChanged':
      await tx.query('UPDATE read.accounts SET contact_address = $2 WHERE account = $1', [
        account,
        columnText(event.data.contactAddress),
      ]);
      return;
    case 'NotificationsChosen':
      await tx.query('UPDATE read.accounts SET notifications = $2 WHERE account = $1', [
        account,
        event.data.notifications,
      ]);
      return;
    case 'PigpAccountLinked':
    case 'PigpAccountUnlinked':
      await tx.query('UPDATE read.accounts SET pigp = $2 WHERE account = $1', [
        account,
        event.type === 'PigpAccountLinked',
      ]);
      return;
    case 'AccountDeactivated':
      await tx.query(`UPDATE read.accounts SET state = 'deactivated' WHERE account = $1`, [account]);
      return;
    case 'AccountReactivated':
      await tx.query(
        `UPDATE read.accounts SET state = CASE WHEN activated THEN 'active' ELSE 'pending' END WHERE account = $1`,
        [account],
      );
      return;
    case 'PersonErased':
      await tx.query(
        `UPDATE read.accounts
            SET state = 'deactivated', login = NULL, contact_address = NULL, first_name = NULL, last_name = NULL
          WHERE account = $1`,
        [account],
      );
      return;
  }
}
