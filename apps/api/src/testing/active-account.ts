import { Decisions, type Caller } from '#application';
import { accept, accountStream, loginStream, type AccountEvent, type LoginEvent } from '#domain';
import { PersonalDataVault } from '#persistence';
import { randomUUID } from 'node:crypto';
import type { TestApi } from './test-api.js';

const operator: Caller = { kind: 'operator' };

/**
 * An account that is active, recorded straight into the log: for tests of many people, where the hashing of passwords would
 * be most of the work.
 *
 * @returns its UUID
 */
export async function activeAccount(
  { app }: Pick<TestApi, 'app'>,
  { login = `${randomUUID()}@exemple.test`, pigp = false, firstName = 'Jeanne', lastName = 'Martin' } = {},
): Promise<string> {
  const account = randomUUID();
  const data = { account, login, contactAddress: login, firstName, lastName };
  const linked: AccountEvent[] = pigp ? [{ type: 'PigpAccountLinked', data: { account } }] : [];
  await app.get(Decisions).decide(operator, async (session) => {
    await session.record(
      accountStream(account),
      accept<AccountEvent>(
        { type: 'AccountCreated', data },
        { type: 'AccountActivated', data: { account } },
        ...linked,
      ),
    );
    const taken: LoginEvent = { type: 'LoginTaken', data: { account } };
    await session.record(loginStream(app.get(PersonalDataVault).loginDigest(login)), accept(taken));
  });
  return account;
}
