import { accountStream, evolveAccount, loginStream, noAccount, type Account, type AccountEvent } from '#domain';
import { type EventStore } from '#events';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { dump, forget, project, record } from '../../../../test/support/read-models.js';
import { accountsProjection } from './accounts.projection.js';

const created = (account: string): AccountEvent => ({
  type: 'AccountCreated',
  data: {
    account,
    login: 'claire@mairie.example',
    contactAddress: 'claire@mairie.example',
    firstName: 'Cla\0ire',
    lastName: 'Martin',
  },
});

const happens = fc.constantFrom<(account: string) => AccountEvent>(
  (account) => ({ type: 'AccountActivated', data: { account } }),
  (account) => ({ type: 'AccountDeactivated', data: { account } }),
  (account) => ({ type: 'AccountReactivated', data: { account } }),
  (account) => ({ type: 'PigpAccountLinked', data: { account } }),
  (account) => ({ type: 'PigpAccountUnlinked', data: { account } }),
  (account) => ({ type: 'NotificationsChosen', data: { account, notifications: false } }),
  (account) => ({ type: 'ContactAddressChanged', data: { account, contactAddress: 'compta@mairie.example' } }),
  (account) => ({ type: 'PasswordChanged', data: { account } }),
);

describe('the projection of accounts', () => {
  let own: OwnStore;
  let store: EventStore;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
  });

  afterAll(() => own.close());

  async function rowOf(account: string): Promise<Record<string, unknown> | undefined> {
    await project(store, [accountsProjection]);
    const { rows } = await store.pool.query<Record<string, unknown>>('SELECT * FROM read.accounts WHERE account = $1', [
      account,
    ]);
    return rows[0];
  }

  it('R01 shows an account, whichever of claim and account stands first in the log', async () => {
    for (const claimFirst of [true, false]) {
      const account = randomUUID();
      const digest = `abc${claimFirst}`;
      const claim = {
        stream: loginStream(digest),
        expected: 'none' as const,
        events: [{ type: 'LoginTaken', data: { account } }],
      };
      const creation = { stream: accountStream(account), expected: 'none' as const, events: [created(account)] };
      await record(store, ...(claimFirst ? [claim, creation] : [creation, claim]));
      expect(await rowOf(account)).toEqual({
        account,
        login_digest: digest,
        login: 'claire@mairie.example',
        contact_address: 'claire@mairie.example',
        first_name: 'Cla\u{fffd}ire',
        last_name: 'Martin',
        state: 'pending',
        activated: false,
        pigp: false,
        notifications: true,
        created_at: expect.any(Date) as Date,
      });
    }
  });

  it('R01 shows what the events of the account say, and nothing personal of an erased person', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happens, { maxLength: 12 }), fc.boolean(), async (steps, isErased) => {
        const account = randomUUID();
        const events = [created(account), ...steps.map((step) => step(account))];
        if (isErased) events.push({ type: 'PersonErased', data: { account } });
        await record(store, { stream: accountStream(account), expected: 'none', events });
        const state = events.reduce(evolveAccount, noAccount) as Exclude<Account, { status: 'none' }>;
        expect(await rowOf(account)).toMatchObject({
          login: state.login,
          contact_address: state.contactAddress,
          last_name: state.lastName,
          state: state.status,
          activated: state.activated,
          pigp: state.pigp,
          notifications: state.notifications,
        });
      }),
      { numRuns: 25 },
    );
  });

  it('R61 is the same when it is made again from the first event', async () => {
    const before = await dump(store.pool, [accountsProjection]);
    expect(before['read.accounts']?.length).toBeGreaterThan(20);
    await forget(store.pool, [accountsProjection]);
    await project(store, [accountsProjection], 3);
    expect(await dump(store.pool, [accountsProjection])).toEqual(before);
  });
});
