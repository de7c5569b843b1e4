import { CommandRefused, Decisions, Erasures, type Caller } from '#application';
import {
  accept,
  membershipStream,
  structureStream,
  supportRequestStream,
  type Event,
  type MembershipEvent,
  type StructureEvent,
  type SupportRequestEvent,
} from '#domain';
import { EventStore } from '#events';
import { PersonalDataVault, projections } from '#persistence';
import { jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import request from 'supertest';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { PASSWORD, signedInPerson, type SignedInPerson } from '../testing/people.js';

const operator: Caller = { kind: 'operator' };

/** What must be found nowhere once the person is erased. */
const SECRETS = {
  login: 'zenobie.quintefeuille@canari.example',
  contactAddress: 'contact.quintefeuille@canari.example',
  firstName: 'Zénobie-Canari',
  lastName: 'Quintefeuille',
  street: '17 venelle du Canari-Perché',
  iban: 'FR7630006000011234567890189',
  subject: 'Sujet quintefeuillesque',
  text: 'Je soussignée, née au lieu-dit Trois-Canaris',
};

describe('erasure of a person', () => {
  let api: OwnApi;
  let decisions: Decisions;
  let structures = 0;

  beforeAll(async () => {
    api = await startOwnApi();
    decisions = api.app.get(Decisions);
  });
  afterAll(() => api.close());

  const record = (stream: string, ...events: Event<string, unknown>[]): Promise<unknown> =>
    decisions.decide(operator, (session) => session.record(stream, accept(...events)));
  const erase = (account: string, key = api.keys.operator) =>
    request(api.url).post(`/api/accounts/${account}/erase`).set('authorization', `Bearer ${key}`).send();
  const eraseOneself = ({ token }: { token: string }, password = PASSWORD) =>
    request(api.url).delete('/api/account').set('authorization', `Bearer ${token}`).send({ password });
  const ownAccount = ({ token }: { token: string }) =>
    request(api.url).get('/api/account').set('authorization', `Bearer ${token}`);

  /** Moves the role of primary manager to another person. */
  const transfer = (structure: string, { token }: SignedInPerson, { login }: SignedInPerson) =>
    request(api.url)
      .post(`/api/structures/${structure}/primary-manager`)
      .set('authorization', `Bearer ${token}`)
      .send({ login, formerBecomes: 'simple' });

  /** A structure whose primary manager and whose data are the person's. */
  async function soleTrader({ account }: SignedInPerson): Promise<string> {
    const identifier = `TRADER${(structures += 1)}`;
    const address = { lines: [SECRETS.street], postcode: '01990', city: 'Valombre', country: 'FR' };
    await record(
      structureStream(identifier),
      ...([
        {
          type: 'StructureRegistered',
          data: {
            identifier,
            name: SECRETS.lastName,
            publicEntity: false,
            category: 'SOLE_TRADER',
            address,
            primaryManager: account,
            person: account,
          },
        },
        { type: 'StructureDescribed', data: { name: `EI ${SECRETS.lastName}`, address, person: account } },
        {
          type: 'BankDetailsAdded',
          data: {
            id: randomUUID(),
            label: 'Compte courant',
            holder: SECRETS.lastName,
            iban: SECRETS.iban,
            bic: 'AGRIFRPP',
            factor: null,
            person: account,
            by: account,
          },
        },
      ] satisfies StructureEvent[]),
    );
    const key = { structure: identifier, account };
    const attached: MembershipEvent = { type: 'UserAttached', data: { ...key, by: account } };
    await record(membershipStream(key), attached);
    return identifier;
  }

  /** A structure of the one, with the other among its people, as no read model knows it yet. */
  async function structureOfTwo(manager: SignedInPerson, user: SignedInPerson): Promise<string> {
    const structure = await soleTrader(manager);
    const key = { structure, account: user.account };
    await record(membershipStream(key), { type: 'UserAttached', data: { ...key, by: manager.account } });
    return structure;
  }

  async function supportRequest(author: string, structure: string): Promise<void> {
    const id = randomUUID();
    const files = [
      { name: `${SECRETS.lastName}.pdf`, sha256: 'a'.repeat(64), size: 1, administrativeCertificate: false },
    ];
    await record(
      supportRequestStream(id),
      ...([
        {
          type: 'SupportRequestCreated',
          data: {
            request: id,
            author,
            structure,
            recipient: { kind: 'support' },
            category: 'AUTRE',
            subcategory: 'AUTRE',
            subject: SECRETS.subject,
            text: SECRETS.text,
            files,
          },
        },
        { type: 'SupportRequestAnswered', data: { request: id, author, text: SECRETS.text, files: [] } },
      ] satisfies SupportRequestEvent[]),
    );
  }

  async function tables(): Promise<string[]> {
    const { rows } = await api.store.pool.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  }

  /** Where a secret stands in the database: every row of every table, as text and as the bytes of binary columns. */
  async function places(wanted = Object.values(SECRETS)): Promise<string[]> {
    const found: string[] = [];
    for (const table of await tables()) {
      const { rows } = await api.store.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
      const text = rows.map(({ row }) => row).join('\n');
      for (const secret of wanted)
        if (
          [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('hex')].some((form) =>
            text.includes(form),
          )
        )
          found.push(`${table}: ${secret}`);
    }
    return found;
  }

  async function readModels(): Promise<Record<string, string[]>> {
    const dump: Record<string, string[]> = {};
    for (const table of projections.flatMap((projection) => projection.tables)) {
      const { rows } = await api.store.pool.query<{ row: string }>(
        `SELECT t::text AS row FROM ${table} t ORDER BY t::text COLLATE "C"`,
      );
      dump[table] = rows.map(({ row }) => row);
    }
    return dump;
  }

  async function rebuild(): Promise<void> {
    await api.store.pool.query(`TRUNCATE ${projections.flatMap((projection) => projection.tables).join(', ')}`);
    await api.store.pool.query('DELETE FROM es.subscriptions WHERE name = ANY ($1)', [
      projections.map(({ name }) => name),
    ]);
    await api.project();
  }

  it('R01 leaves nothing of the person in any table, nor in the export, and a log that still verifies', async () => {
    const person = await signedInPerson(api, SECRETS);
    await request(api.url)
      .put('/api/account/contact-address')
      .set('authorization', `Bearer ${person.token}`)
      .send({ contactAddress: SECRETS.contactAddress });
    const structure = await soleTrader(person);
    await supportRequest(person.account, structure);
    await api.project();

    // The search finds what there is, and the log never holds it in clear.
    const before = await places();
    expect(before).toEqual(
      expect.arrayContaining([`read.accounts: ${SECRETS.login}`, `read.structures: ${SECRETS.street}`]),
    );
    expect(before.filter((place) => place.startsWith('es.'))).toEqual([]);

    expect((await erase(person.account)).body).toMatchObject({ code: 'COM-051', status: 409 });
    await record(structureStream(structure), { type: 'StructureDeactivated', data: { successor: null } });
    expect((await erase(person.account)).status).toBe(204);
    expect((await ownAccount(person)).status).toBe(401);
    await api.project();
    expect(await places()).toEqual([]);
    const { rows } = await api.store.pool.query(
      `SELECT (SELECT count(*)::int FROM identity.credentials WHERE account = $1) AS credentials,
              (SELECT count(*)::int FROM identity.sessions WHERE account = $1) AS sessions,
              (SELECT count(*)::int FROM identity.links WHERE account = $1) AS links,
              (SELECT wrapped_key IS NULL AND destroyed_at IS NOT NULL FROM vault.person_keys WHERE person = $1) AS destroyed`,
      [person.account],
    );
    expect(rows).toEqual([{ credentials: 0, sessions: 0, links: 0, destroyed: true }]);

    const known = await readModels();
    await rebuild();
    expect(await readModels()).toEqual(known);
    expect(await places()).toEqual([]);

    await api.store.sealer().sealNow();
    expect(await api.store.verify()).toMatchObject({ ok: true, problems: [] });
    const file = join(api.folder, 'log.jsonl');
    const target = createWriteStream(file);
    await api.store.exportLog(target);
    target.end();
    await finished(target);
    const exported = await readFile(file, 'utf8');
    expect(exported).toContain('PersonErased');
    for (const secret of Object.values(SECRETS)) expect(exported).not.toContain(secret);
    const verified = spawnSync(process.execPath, ['tools/verify-export.mjs', file], { encoding: 'utf8' });
    expect(verified).toMatchObject({ status: 0 });
  });

  it('R01 refuses the login of an erased person, without saying whose it was', async () => {
    const again = { login: SECRETS.login, firstName: 'A', lastName: 'B', password: PASSWORD };
    const answer = await request(api.url).post('/api/accounts').send(again);
    expect(answer.body).toMatchObject({ status: 409, code: 'COM-001' });
  });

  it('R03 refuses a primary manager whom the read models do not know yet, until the role has moved', async () => {
    const [manager, next] = [await signedInPerson(api), await signedInPerson(api)];
    await api.project();
    const structure = await soleTrader(manager);
    const refused = await erase(manager.account);
    expect(refused.body).toMatchObject({ code: 'COM-051', detail: expect.stringContaining(structure) as string });
    const key = { structure, account: next.account };
    await record(membershipStream(key), { type: 'UserAttached', data: { ...key, by: manager.account } });
    expect((await transfer(structure, manager, next)).status).toBe(204);
    expect((await erase(manager.account)).status).toBe(204);
    expect((await erase(next.account)).status).toBe(409);
  });

  it('R03 finds the structure that took another’s place by a change of SIRET', async () => {
    const manager = await signedInPerson(api);
    const old = await soleTrader(manager);
    await api.project();
    const next = `${old}B`;
    await record(structureStream(next), {
      type: 'StructureDuplicated',
      data: { identifier: next, origins: [old], by: manager.account },
    });
    await record(structureStream(old), { type: 'StructureDeactivated', data: { successor: next } });
    expect((await erase(manager.account)).body).toMatchObject({ detail: expect.stringContaining(next) as string });
  });

  it('R05 takes the person out of the lists of structures', async () => {
    const [manager, user] = [await signedInPerson(api), await signedInPerson(api)];
    const structure = await structureOfTwo(manager, user);
    await api.project();
    expect((await erase(user.account)).status).toBe(204);
    await api.project();
    const { rows } = await api.store.pool.query('SELECT account FROM read.memberships WHERE structure = $1', [
      structure,
    ]);
    expect(rows).toEqual([{ account: manager.account }]);
  });

  it('R01 a person erases themselves with their password, and with nothing else', async () => {
    const person = await signedInPerson(api);
    expect((await eraseOneself(person, 'un autre mot de passe')).body).toMatchObject({ status: 409, code: 'COM-009' });
    expect((await ownAccount(person)).status).toBe(200);
    expect((await eraseOneself(person)).status).toBe(204);
    expect((await ownAccount(person)).status).toBe(401);
    const signIn = await request(api.url).post('/api/session').send({ login: person.login, password: PASSWORD });
    expect(signIn.status).toBe(401);
  });

  it('R01 changes nothing the second time, and finishes what a crash left undone', async () => {
    const person = await signedInPerson(api);
    const vault = api.app.get(PersonalDataVault);
    const log = async (): Promise<readonly Event<string, unknown>[]> => {
      const events = [];
      for await (const event of api.store.readStream(`account-${person.account}`)) events.push(event);
      return vault.open(events);
    };
    // The event was recorded and the process died before it destroyed the key.
    await record(`account-${person.account}`, { type: 'PersonErased', data: { account: person.account } });
    expect((await log())[0]?.data).toMatchObject({ login: person.login });
    await api.project();
    const after = await log();
    expect(after[0]?.data).toMatchObject({ login: null, firstName: null });
    expect((await erase(person.account)).status).toBe(204);
    expect(await log()).toEqual(after);
    expect((await ownAccount(person)).status).toBe(401);
  });

  it('R03 an erasure and a transfer of the role to the person at the same instant: one of them is told no', async () => {
    const [manager, next] = [await signedInPerson(api), await signedInPerson(api)];
    const structure = await structureOfTwo(manager, next);
    const [erased, transferred] = await Promise.all([erase(next.account), transfer(structure, manager, next)]);
    const outcomes = [erased.status < 300, transferred.status < 300];
    expect(outcomes).toContain(false);
    expect(outcomes).toContain(true);
  });

  it('R03 refuses to erase whom a structure named while the erasure was being decided', async () => {
    const [manager, next] = [await signedInPerson(api), await signedInPerson(api)];
    const structure = await structureOfTwo(manager, next);
    // Decided on what was true before the transfer, recorded after it; an open transaction hides the transfer from whoever
    // follows the log.
    const store = api.app.get(EventStore, { strict: false });
    const foreign = await api.store.pool.connect();
    const recorded = jest.spyOn(store, 'transaction').mockImplementationOnce(async (...args) => {
      await foreign.query('BEGIN');
      await foreign.query('SELECT pg_current_xact_id()');
      expect((await transfer(structure, manager, next)).status).toBe(204);
      return store.transaction(...args);
    });
    try {
      expect((await erase(next.account)).body).toMatchObject({ status: 409, code: 'COM-051' });
      expect(recorded).toHaveBeenCalledTimes(2);
    } finally {
      recorded.mockRestore();
      await foreign.query('ROLLBACK');
      foreign.release();
    }
    expect((await erase(manager.account)).status).toBe(204);
  });

  it('R01 is for operators and for oneself', async () => {
    const [person, other] = [await signedInPerson(api), await signedInPerson(api)];
    expect((await erase(person.account, other.token)).status).toBe(403);
    expect((await erase(person.account, api.keys.own)).status).toBe(403);
    expect((await erase(randomUUID())).body).toMatchObject({ status: 404, code: 'COM-404' });
    await expect(api.app.get(Erasures, { strict: false }).erase(operator, randomUUID())).rejects.toBeInstanceOf(
      CommandRefused,
    );
    expect((await ownAccount(person)).status).toBe(200);
  });
});
