import { PERSONAL_DATA, type PersonalData } from '#domain';
import type { Pool, PoolClient } from 'pg';
import { destroyKey } from './forget-person.js';
import { isSealed, type PersonalDataCipher, type SealedDatum } from './personal-data-cipher.js';

/** An event on its way into the log, or out of it. */
interface AnyEvent {
  readonly type: string;
  readonly data: unknown;
}

/** The key of a person was destroyed: nothing personal can be recorded of them any more. */
export class PersonErased extends Error {
  override readonly name = 'PersonErased';
}

/**
 * A personal datum of the log cannot be read although its person was not erased: its bytes were changed, it was moved from
 * where it stood, its key is lost, or the platform runs with another secret. The message names the place and nothing
 * personal.
 */
export class PersonalDataUnreadable extends Error {
  override readonly name = 'PersonalDataUnreadable';
}

/**
 * Keeps one key per person, beside the log and not in it, and encrypts with it what an event says of that person
 * (`PERSONAL_DATA`). To erase a person is to destroy the key: the log keeps its bytes, so its seals still verify, and what
 * was personal reads as null.
 *
 * One datum that cannot be read fails the whole reading, and so stops a projection where it stands. That is meant: null says
 * "erased", and an auditor must never be told so of a datum that somebody damaged, nor of one whose key was lost. Whoever
 * must go on without a key that is lost erases that person, and says so by doing it.
 */
export class PersonalDataVault {
  constructor(
    private readonly pool: Pool,
    private readonly cipher: PersonalDataCipher,
  ) {}

  /** Digest that stands for a login address; see {@link PersonalDataCipher.loginDigest}. */
  loginDigest(login: string): string {
    return this.cipher.loginDigest(login);
  }

  /**
   * Encrypts what is personal in events that are about to be recorded; persons who have no key yet get one.
   *
   * @throws PersonErased when one of them was erased
   */
  async seal<E extends AnyEvent>(events: readonly E[]): Promise<readonly E[]> {
    const persons = personsOf(events);
    if (persons.length === 0) return events;
    await this.createKeys(persons);
    const keys = await this.keys(persons);
    return events.map((event) => {
      const personal = personalDataOf(event);
      if (personal === null) return event;
      const key = keys.get(personal.person);
      if (key == null) throw new PersonErased('The person was erased: nothing personal is recorded of them');
      return changed(event, personal, (value, place) => (value == null ? value : this.cipher.seal(key, value, place)));
    });
  }

  /**
   * Decrypts what is personal in events of the log; null where the person was erased. One query for all of them, and no
   * memory of keys: an erasure counts everywhere at once.
   *
   * @throws PersonalDataUnreadable when one of them was damaged or moved, or its key is lost
   */
  async open<E extends AnyEvent>(events: readonly E[]): Promise<readonly E[]> {
    const persons = personsOf(events);
    if (persons.length === 0) return events;
    const keys = await this.keys(persons);
    return events.map((event) => {
      const personal = personalDataOf(event);
      if (personal === null) return event;
      const key = keys.get(personal.person);
      return changed(event, personal, (value, place) => {
        if (!isSealed(value)) return value;
        if (key === undefined) throw new PersonalDataUnreadable(`${place}: the key of the person is lost`);
        return key === null ? null : this.openDatum(key, value, place);
      });
    });
  }

  /**
   * Destroys a person's key. There is no way back; to do it again changes nothing.
   *
   * @param on where to run it: a transaction of the caller's, or the database
   */
  async erase(person: string, on: Pool | PoolClient = this.pool): Promise<void> {
    await destroyKey(person, on);
  }

  private openDatum(key: Buffer, datum: SealedDatum, place: string): unknown {
    try {
      return this.cipher.open(key, datum, place);
    } catch (error) {
      throw new PersonalDataUnreadable(`${place}: changed, or moved from where it stood`, { cause: error });
    }
  }

  private async createKeys(persons: readonly string[]): Promise<void> {
    await this.pool.query(
      `INSERT INTO vault.person_keys (person, wrapped_key) SELECT * FROM unnest($1::text[], $2::bytea[])
       ON CONFLICT (person) DO NOTHING`,
      [persons, persons.map((person) => this.cipher.newPersonKey(person))],
    );
  }

  /** Key of each of the persons, null for one who was erased; those who never had one are left out. */
  private async keys(persons: readonly string[]): Promise<Map<string, Buffer | null>> {
    const { rows } = await this.pool.query<{ person: string; wrapped: Buffer | null; destroyed: boolean }>(
      `SELECT person, wrapped_key AS wrapped, destroyed_at IS NOT NULL AS destroyed
         FROM vault.person_keys WHERE person = ANY ($1)`,
      [persons],
    );
    const kept = rows.filter(({ wrapped, destroyed }) => destroyed || wrapped !== null);
    return new Map(
      kept.map(({ person, wrapped, destroyed }) => [
        person,
        destroyed || wrapped === null ? null : this.unwrap(person, wrapped),
      ]),
    );
  }

  private unwrap(person: string, wrapped: Buffer): Buffer {
    try {
      return this.cipher.unwrap(person, wrapped);
    } catch (error) {
      throw new PersonalDataUnreadable(`${person}: the key was wrapped with another secret (PERSONAL_DATA_KEY)`, {
        cause: error,
      });
    }
  }
}

interface PersonalDataOfEvent {
  readonly person: string;
  readonly members: PersonalData['members'];
}

/** Whose data an event holds, and which; null when none are personal. */
function personalDataOf({ type, data }: AnyEvent): PersonalDataOfEvent | null {
  const declared = PERSONAL_DATA[type];
  if (declared === undefined) return null;
  const person = (data as Readonly<Record<string, unknown>>)[declared.person];
  return typeof person === 'string' ? { person, members: declared.members } : null;
}

/** In one order for everybody, so that two who make the keys of the same persons do not wait for one another for ever. */
function personsOf(events: readonly AnyEvent[]): string[] {
  return [...new Set(events.flatMap((event) => personalDataOf(event)?.person ?? []))].sort();
}

function changed<E extends AnyEvent>(
  event: E,
  { person, members }: PersonalDataOfEvent,
  change: (value: unknown, place: string) => unknown,
): E {
  const data = { ...(event.data as Record<string, unknown>) };
  for (const member of members)
    if (member in data) data[member] = change(data[member], `${person}/${event.type}/${member}`);
  return { ...event, data };
}
