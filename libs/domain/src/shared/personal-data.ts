/**
 * A datum of a natural person (name, address, bank details). The log keeps it encrypted with that person's key; it reads
 * as null once the person has been erased.
 */
export type Personal<T> = T | null;

/** Which data of an event are personal, and whose. */
export interface PersonalData {
  /**
   * Member of the event's data that names the person's account; null there means that the data are nobody's. Of a draft, and
   * of a request to have taxes paid back, it names the draft or the request, whose key goes with it: its content is about people
   * whom nobody here knows.
   */
  readonly person: string;
  /** Members of the event's data that are kept encrypted. */
  readonly members: readonly string[];
}

/**
 * The personal data of every event type that has any. What writes to the log encrypts these members, what reads it
 * decrypts them; nothing else of the platform knows that they are encrypted.
 */
export const PERSONAL_DATA: Readonly<Record<string, PersonalData>> = {
  AccountCreated: { person: 'account', members: ['login', 'contactAddress', 'firstName', 'lastName'] },
  ContactAddressChanged: { person: 'account', members: ['contactAddress'] },
  StructureRegistered: { person: 'person', members: ['name', 'address'] },
  StructureDescribed: { person: 'person', members: ['name', 'address'] },
  BankDetailsAdded: { person: 'person', members: ['holder', 'iban', 'bic'] },
  SupportRequestCreated: { person: 'author', members: ['subject', 'text', 'files'] },
  DraftSaved: { person: 'draft', members: ['content'] },
  RefundRequestSaved: { person: 'request', members: ['content'] },
  RefundRequestStatusChanged: { person: 'request', members: ['reason'] },
  SupportRequestAnswered: { person: 'author', members: ['text', 'files'] },
};
