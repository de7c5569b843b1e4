import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** What stands in an event in the place of a personal datum. */
export interface SealedDatum {
  /** Version of the form: 1 is AES-256-GCM, nonce ‖ ciphertext ‖ tag, in base64. */
  readonly sealed: 1;
  readonly data: string;
}

/** The keys that the platform's one secret gives: to wrap the keys of persons, and to make digests of login addresses. */
export class PersonalDataCipher {
  private readonly wrappingKey: Buffer;
  private readonly loginKey: Buffer;

  /** @param secret setting `PERSONAL_DATA_KEY`; whoever loses it loses every personal datum of the log */
  constructor(secret: string) {
    const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `repons/${use}/1`, KEY_BYTES));
    this.wrappingKey = derive('person-keys');
    this.loginKey = derive('logins');
  }

  /**
   * Digest that stands for a login address where the address itself must not: the same for the same address, whatever
   * the case of its letters, and of no use to whoever guesses addresses without the key.
   *
   * @returns HMAC-SHA-256, hex
   */
  loginDigest(login: string): string {
    return createHmac('sha256', this.loginKey).update(login.trim().toLowerCase()).digest('hex');
  }

  /** A new key of a person, wrapped for keeping. */
  newPersonKey(person: string): Buffer {
    return encrypt(this.wrappingKey, randomBytes(KEY_BYTES), person);
  }

  /** @throws Error when it was wrapped with another secret, or for another person */
  unwrap(person: string, wrapped: Buffer): Buffer {
    return decrypt(this.wrappingKey, wrapped, person);
  }

  /** Encrypts one member of an event's data; `place` binds it to where it stands. */
  seal(key: Buffer, value: unknown, place: string): SealedDatum {
    return { sealed: 1, data: encrypt(key, Buffer.from(JSON.stringify(value)), place).toString('base64') };
  }

  /** @throws Error when it was changed, or moved from where it stood */
  open(key: Buffer, { data }: SealedDatum, place: string): unknown {
    return JSON.parse(decrypt(key, Buffer.from(data, 'base64'), place).toString('utf8'));
  }
}

/** Whether a member of an event's data is encrypted. */
export function isSealed(value: unknown): value is SealedDatum {
  return typeof value === 'object' && value !== null && 'sealed' in value && value.sealed === 1;
}

function encrypt(key: Buffer, clear: Buffer, place: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, place: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
