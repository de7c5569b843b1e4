import { PERSONAL_DATA } from '#domain';
import { type EventStore } from '#events';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { PersonalDataCipher } from './personal-data-cipher.js';
import { PersonalDataVault } from './personal-data-vault.js';

interface AnyEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

describe('PersonalDataVault', () => {
  let own: OwnStore;
  let store: EventStore;
  let vault: PersonalDataVault;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
    vault = new PersonalDataVault(store.pool, new PersonalDataCipher('un-secret-de-trente-deux-lettres-au-moins'));
  });

  afterAll(() => own.close());

  const created = (account: string): AnyEvent => ({
    type: 'AccountCreated',
    data: {
      account,
      login: 'j@mairie.example',
      contactAddress: 'j@mairie.example',
      firstName: 'Jeanne',
      lastName: 'M.',
    },
  });
  const described = (person: string | null): AnyEvent => ({
    type: 'StructureDescribed',
    data: { name: 'Jeanne Martin', address: { lines: ['1 rue du Moulin'], postcode: '01990' }, person },
  });
  async function sealedOne(event: AnyEvent): Promise<AnyEvent> {
    const [sealed] = await vault.seal([event]);
    if (sealed === undefined) throw new Error('One event gives one event');
    return sealed;
  }

  it('R01 gives back what it sealed, and seals every member that the table names and no other', async () => {
    const person = fc.constantFrom(...Array.from({ length: 5 }, () => randomUUID()), null);
    const event = fc.constantFrom(...Object.keys(PERSONAL_DATA)).chain((type) => {
      const declared = PERSONAL_DATA[type];
      if (declared === undefined) throw new Error('It is one of the keys');
      const members = Object.fromEntries(declared.members.map((member) => [member, fc.jsonValue()]));
      return fc
        .record({ ...members, plain: fc.string(), [declared.person]: person }, { requiredKeys: [declared.person] })
        .map((data): AnyEvent => ({ type, data: JSON.parse(JSON.stringify(data)) as AnyEvent['data'] }));
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 8 }), async (events) => {
        const sealed = await vault.seal(events);
        for (const [index, { type, data }] of sealed.entries()) {
          const before = events[index]?.data ?? {};
          const declared = PERSONAL_DATA[type];
          for (const [member, value] of Object.entries(data)) {
            const mustBeSealed =
              declared !== undefined &&
              data[declared.person] !== null &&
              declared.members.includes(member) &&
              before[member] !== null;
            if (mustBeSealed) expect(value).toEqual({ sealed: 1, data: expect.any(String) as string });
            else expect(value).toEqual(before[member]);
          }
        }
        expect(await vault.open(JSON.parse(JSON.stringify(sealed)) as AnyEvent[])).toEqual(events);
      }),
      { numRuns: 60 },
    );
  });

  it('R01 leaves alone what has no personal data, and data that are nobody’s', async () => {
    const events = [{ type: 'ServiceOpened', data: { structure: 'S', code: 'C', name: 'N' } }, described(null)];
    expect(await vault.seal(events)).toEqual(events);
    expect(await vault.open(events)).toEqual(events);
    expect(await vault.seal([])).toEqual([]);
  });

  it.each([
    ['another member', (event: AnyEvent) => ({ ...event, data: { ...event.data, lastName: event.data['firstName'] } })],
    [
      'changed bytes',
      (event: AnyEvent) => ({ ...event, data: { ...event.data, lastName: { sealed: 1, data: 'AAAA' } } }),
    ],
    ['another type', ({ data }: AnyEvent) => ({ type: 'ContactAddressChanged', data })],
  ])('R01 refuses a datum moved or damaged: %s, and names the place alone', async (_, tamper) => {
    const event = await sealedOne(created(randomUUID()));
    await expect(vault.open([event])).resolves.toHaveLength(1);
    const failure: unknown = await vault.open([created(randomUUID()), tamper(event)]).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'PersonalDataUnreadable', message: expect.stringContaining('/') as string });
    expect(String(failure)).not.toContain('Jeanne');
  });

  it('R01 refuses a datum of one person in the place of another’s', async () => {
    const [hers, his] = await vault.seal([created(randomUUID()), created(randomUUID())]);
    const moved = { type: 'AccountCreated', data: { ...his?.data, login: hers?.data['login'] } };
    await expect(vault.open([moved])).rejects.toMatchObject({ name: 'PersonalDataUnreadable' });
  });

  it('R01 reads nothing with another secret, and says which setting to look at', async () => {
    const stranger = new PersonalDataVault(
      store.pool,
      new PersonalDataCipher('un-autre-secret-de-32-lettres-au-moins'),
    );
    const event = await sealedOne(created(randomUUID()));
    await expect(stranger.open([event])).rejects.toMatchObject({
      name: 'PersonalDataUnreadable',
      message: expect.stringContaining('PERSONAL_DATA_KEY') as string,
    });
  });

  it('R01 an erased person reads as null, everybody else as before', async () => {
    const [gone, stays] = [randomUUID(), randomUUID()];
    const events = await vault.seal([created(gone), created(stays), described(gone)]);
    await vault.erase(gone);
    await vault.erase(gone);
    const [first, second, third] = await vault.open(events);
    expect(first?.data).toEqual({
      account: gone,
      login: null,
      contactAddress: null,
      firstName: null,
      lastName: null,
    });
    expect(second?.data).toEqual(created(stays).data);
    expect(third?.data).toEqual({ name: null, address: null, person: gone });
  });

  it('R01 records nothing personal of an erased person, even one who never had a key', async () => {
    const person = randomUUID();
    await vault.erase(person);
    await expect(vault.seal([created(person)])).rejects.toMatchObject({ name: 'PersonErased' });
    const { rows } = await store.pool.query('SELECT wrapped_key FROM vault.person_keys WHERE person = $1', [person]);
    expect(rows).toEqual([{ wrapped_key: null }]);
  });

  it('R01 an erasure goes with the transaction that it is part of', async () => {
    const person = randomUUID();
    const event = await sealedOne(created(person));
    await expect(
      store.transaction(async (tx) => {
        await vault.erase(person, tx);
        throw new Error('given up');
      }),
    ).rejects.toThrow('given up');
    expect(await vault.open([event])).toEqual([created(person)]);
    await store.transaction((tx) => vault.erase(person, tx));
    expect((await vault.open([event]))[0]?.data['login']).toBeNull();
  });

  it('R01 a key that is lost is not taken for an erasure', async () => {
    const person = randomUUID();
    const event = await sealedOne(created(person));
    await store.pool.query('DELETE FROM vault.person_keys WHERE person = $1', [person]);
    await expect(vault.open([event])).rejects.toMatchObject({ name: 'PersonalDataUnreadable' });
    await vault.erase(person);
    expect((await vault.open([event]))[0]?.data['login']).toBeNull();
  });

  it('R01 one key for one person, whoever asks for it at once and in whatever order', async () => {
    const persons = Array.from({ length: 40 }, () => randomUUID());
    const orders = [persons, [...persons].reverse(), [...persons].sort()];
    const sealed = await Promise.all(orders.map((order) => vault.seal(order.map(created))));
    for (const [index, events] of sealed.entries())
      expect(await vault.open(events)).toEqual((orders[index] ?? []).map(created));
  });
});
