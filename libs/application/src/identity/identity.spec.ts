import type { EventStore } from '#events';
import { PersonalDataCipher, PersonalDataVault } from '#persistence';
import { randomUUID } from 'node:crypto';
import { openOwnStore, type OwnStore, TestClock } from '../../../../test/support/test-store.js';
import { Attempts } from './attempts.js';
import { Credentials } from './credentials.js';
import { IdentityLinks } from './identity-links.js';
import { PasswordHasher } from './password-hasher.js';
import { Sessions } from './sessions.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START = '2026-11-20T10:00:00.000Z';
const PASSWORD = 'trois chevaux sur le toit';

describe('what recognises people', () => {
  let own: OwnStore;
  let store: EventStore;
  let clock: TestClock;
  let hasher: PasswordHasher;
  let credentials: Credentials;
  let sessions: Sessions;
  let links: IdentityLinks;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
    clock = new TestClock(START);
    hasher = new PasswordHasher();
    credentials = new Credentials(store.pool, hasher);
    sessions = new Sessions(store.pool, clock, { idleMs: HOUR_MS, absoluteMs: 12 * HOUR_MS });
    links = new IdentityLinks(store.pool, clock);
  });

  afterAll(() => own.close());

  beforeEach(() => {
    clock.instant = START;
  });

  const wait = (ms: number): void => {
    clock.instant = new Date(clock.now().getTime() + ms).toISOString();
  };

  async function withPassword(): Promise<string> {
    const account = randomUUID();
    await credentials.setPassword(account, PASSWORD);
    return account;
  }

  async function signedIn(account: string): Promise<string> {
    const verified = await credentials.verify(account, PASSWORD);
    const opened = await sessions.open(account, verified?.generation ?? 0);
    if (opened === null) throw new Error('no session');
    return opened.token;
  }

  describe('sessions', () => {
    it('R01 a session that is not used for an hour ends', async () => {
      const account = await withPassword();
      const token = await signedIn(account);
      wait(HOUR_MS - 1);
      expect(await sessions.accountOf(token)).toBe(account);
      wait(HOUR_MS - 1); // the use before counts
      expect(await sessions.accountOf(token)).toBe(account);
      wait(HOUR_MS);
      expect(await sessions.accountOf(token)).toBeNull();
    });

    it('R01 a session ends after twelve hours, however much it is used', async () => {
      const account = await withPassword();
      const token = await signedIn(account);
      for (let half = 0; half < 23; half += 1) {
        wait(HOUR_MS / 2);
        expect(await sessions.accountOf(token)).toBe(account);
      }
      wait(HOUR_MS / 2);
      expect(await sessions.accountOf(token)).toBeNull();
    });

    it('R01 what has ended is swept away at the next sign-in', async () => {
      const account = await withPassword();
      await signedIn(account);
      wait(13 * HOUR_MS);
      await signedIn(account);
      const { rows } = await store.pool.query('SELECT 1 FROM identity.sessions WHERE account = $1', [account]);
      expect(rows).toHaveLength(1);
    });

    it('R01 a password that changes while somebody signs in with the old one lets nobody in', async () => {
      const account = await withPassword();
      const verified = await credentials.verify(account, PASSWORD);
      await credentials.setPassword(account, 'un tout autre mot de passe');
      expect(await sessions.open(account, verified?.generation ?? 0)).toBeNull();
    });

    it('R01 an account that is barred while somebody signs in lets nobody in', async () => {
      const account = await withPassword();
      const token = await signedIn(account);
      const verified = await credentials.verify(account, PASSWORD);
      await credentials.bar(account);
      expect(await sessions.open(account, verified?.generation ?? 0)).toBeNull();
      expect(await sessions.accountOf(token)).toBeNull();
      await credentials.unbar(account);
      expect(await sessions.accountOf(token)).toBeNull();
      await expect(signedIn(account)).resolves.toMatch(/^ses_/);
    });

    it('R01 an account that is forgotten has no session and no password', async () => {
      const account = await withPassword();
      const token = await signedIn(account);
      await credentials.forget(account);
      expect(await sessions.accountOf(token)).toBeNull();
      expect(await credentials.verify(account, PASSWORD)).toBeNull();
    });
  });

  describe('links', () => {
    it.each([
      ['activation', 72 * HOUR_MS],
      ['password-reset', HOUR_MS],
    ] as const)('R01 a link for %s may be used for %i ms', async (purpose, lifetime) => {
      const [inTime, late] = [randomUUID(), randomUUID()];
      const used = await links.issue(inTime, purpose);
      const missed = await links.issue(late, purpose);
      expect(used.expiresAt).toEqual(new Date(new Date(START).getTime() + lifetime));
      wait(lifetime - 1);
      expect(await links.use(used.token, purpose)).toBe(inTime);
      expect(await links.use(used.token, purpose)).toBeNull();
      wait(1);
      expect(await links.use(missed.token, purpose)).toBeNull();
    });

    it('R01 links of an account that is forgotten are of no use', async () => {
      const account = randomUUID();
      const { token } = await links.issue(account, 'activation');
      await links.forget(account);
      expect(await links.use(token, 'activation')).toBeNull();
    });

    it('R01 of links that are made at the same instant, one is of use', async () => {
      const account = randomUUID();
      const made = await Promise.all(Array.from({ length: 8 }, () => links.issue(account, 'activation')));
      const uses = await Promise.all(made.map(({ token }) => links.use(token, 'activation')));
      expect(uses.filter((use) => use !== null)).toEqual([account]);
    });
  });

  describe('passwords', () => {
    it('R01 are kept as argon2id at what OWASP asks, each with a salt of its own', async () => {
      const [first, second] = [await hasher.hash(PASSWORD), await hasher.hash(PASSWORD)];
      expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(first).not.toBe(second);
    });

    it('R01 are hashed again when the cost rises, and the session goes on', async () => {
      const account = randomUUID();
      const cheap = new Credentials(store.pool, new PasswordHasher({ memoryCost: 8_192, timeCost: 1, parallelism: 1 }));
      await cheap.setPassword(account, PASSWORD);
      const hashOf = async (): Promise<string | undefined> =>
        (
          await store.pool.query<{ hash: string }>(
            'SELECT password_hash AS hash FROM identity.credentials WHERE account = $1',
            [account],
          )
        ).rows[0]?.hash;
      expect(await hashOf()).toContain('m=8192');
      expect(await credentials.verify(account, 'pas celui-là du tout')).toBeNull();
      expect(await hashOf()).toContain('m=8192');
      const token = await signedIn(account);
      expect(await hashOf()).toContain('m=19456');
      expect(await sessions.accountOf(token)).toBe(account);
      expect(await credentials.verify(account, PASSWORD)).not.toBeNull();
    });

    it('R01 nobody’s password is right, not even that of the hash it is verified against', async () => {
      expect(await credentials.verify(null, '')).toBeNull();
      expect(await credentials.verify(randomUUID(), '')).toBeNull();
      const account = await withPassword();
      await credentials.dropPassword(account);
      expect(await credentials.verify(account, PASSWORD)).toBeNull();
    });

    it('R01 two are hashed at once, twenty wait, and the rest are told when to come back', async () => {
      const many = await Promise.allSettled(Array.from({ length: 30 }, () => hasher.verify(null, PASSWORD)));
      expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(22);
      const refused = many.filter(({ status }) => status === 'rejected');
      expect(refused).toHaveLength(8);
      for (const one of refused)
        expect(one).toMatchObject({ reason: { name: 'ComeBackLater', reason: 'busy', seconds: 2, code: 'SRV-503' } });
      expect(await hasher.verify(null, PASSWORD)).toBe(false); // the places are free again
    });
  });

  describe('attempts', () => {
    let attempts: Attempts;
    const login = (): string => `${randomUUID()}@mairie.example`;

    beforeAll(() => {
      const cipher = new PersonalDataCipher('secret-des-donnees-personnelles-des-tests');
      attempts = new Attempts(store.pool, new PersonalDataVault(store.pool, cipher));
    });

    const blocked = { name: 'ComeBackLater', reason: 'too-many-attempts', code: 'AUTH-429' };

    it('R01 ten wrong passwords for one login block it from that address, and from no other', async () => {
      const tried = login();
      for (let time = 0; time < 10; time += 1) await attempts.password(tried, '192.0.2.1');
      await expect(attempts.password(tried, '192.0.2.1')).rejects.toMatchObject(blocked);
      await expect(attempts.password(tried, '192.0.2.2')).resolves.toBeDefined();
      await expect(attempts.password(login(), '192.0.2.1')).resolves.toBeDefined();
    });

    it('R01 of many at the same instant no more than ten get through', async () => {
      const tried = login();
      const all = await Promise.allSettled(Array.from({ length: 30 }, () => attempts.password(tried, '192.0.2.3')));
      expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    });

    it('R01 the block passes, and another process counts the same', async () => {
      const tried = login();
      const everyone = Array.from({ length: 11 }, () => attempts.password(tried, '192.0.2.4'));
      // Which of them comes last to the database is nobody's to say.
      const refused = (await Promise.allSettled(everyone)).filter(({ status }) => status === 'rejected');
      expect(refused).toEqual([expect.objectContaining({ reason: expect.objectContaining(blocked) as unknown })]);
      const cipher = new PersonalDataCipher('secret-des-donnees-personnelles-des-tests');
      const other = new Attempts(store.pool, new PersonalDataVault(store.pool, cipher));
      await expect(other.password(tried, '192.0.2.4')).rejects.toMatchObject(blocked);
      await store.pool.query('UPDATE identity.attempts SET expire = 0');
      await expect(other.password(tried, '192.0.2.4')).resolves.toBeDefined();
    });

    it('R01 a right password forgets the wrong ones of that login', async () => {
      const tried = login();
      for (let time = 0; time < 9; time += 1) await attempts.password(tried, '192.0.2.5');
      await (await attempts.password(tried, '192.0.2.5')).succeeded();
      for (let time = 0; time < 10; time += 1) await attempts.password(tried, '192.0.2.5');
      await expect(attempts.password(tried, '192.0.2.5')).rejects.toMatchObject(blocked);
    });

    it('R01 what could not be verified does not count', async () => {
      const tried = login();
      for (let time = 0; time < 30; time += 1) await (await attempts.password(tried, '192.0.2.6')).notMade();
      await expect(attempts.password(tried, '192.0.2.6')).resolves.toBeDefined();
    });

    it('R01 a hundred wrong passwords from one network block it, whatever the logins', async () => {
      for (let time = 0; time < 100; time += 1) await attempts.password(login(), `2001:db8:1:2::${time.toString(16)}`);
      await expect(attempts.password(login(), '2001:db8:1:2:ffff::1')).rejects.toMatchObject(blocked);
      await expect(attempts.password(login(), '2001:db8:1:3::1')).resolves.toBeDefined();
    });

    it('R01 neither logins nor addresses stand in what is counted', async () => {
      const tried = login();
      await attempts.password(tried, '198.51.100.77');
      const { rows } = await store.pool.query<{ key: string }>('SELECT key FROM identity.attempts');
      expect(rows.length).toBeGreaterThan(0);
      for (const { key } of rows) expect(key).toMatch(/^[a-z-]+:[0-9a-f]{64}$/);
    });
  });
});
