import { INVOICE_STATUS_CODES, STATUS_REASONS, type InvoiceStatus } from '#domain';
import type { RecordedEvent } from '#events';
import fc from 'fast-check';
import { asyncApiDocument, jsonSchemaOf } from './asyncapi-document.js';
import { envelopeSchema, FEED_EVENTS, type FeedEventType } from './event-catalogue.js';
import { feedCursor, placeOfCursor } from './feed-cursor.js';
import { feedEvent } from './feed-event.js';

/** What partners write: anything, at any length. */
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('\u0001'.repeat(2_000), '商'.repeat(2_000), '😀'.repeat(1_999), '"'.repeat(2_000)),
);
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const party = fc.record({ identifier: words, name: maybe(words) });
const reference = fc.record({
  number: words,
  issueDate: fc.constant('2026-11-20'),
  issuer: words,
  recipient: words,
  serviceCode: maybe(words),
  validator: maybe(words),
});
const status = fc.constantFrom<InvoiceStatus>(...INVOICE_STATUS_CODES);
const document = fc.record({ name: words, type: words, size: fc.nat(), sha256: fc.constant('a'.repeat(64)) });
const reason = fc.record({ code: fc.constant('REJ_SEMAN'), rule: fc.constant('BR-02'), message: words });
const channel = fc.constantFrom('SFTP', 'API', 'PORTAL');
const at = fc.constant('2026-11-20T08:00:00.000Z');

const dataOf: Readonly<Record<string, fc.Arbitrary<object>>> = {
  InvoiceIntegrated: fc.record({
    flowNumber: fc.constant('CPP20261121000000001'),
    rank: fc.integer({ min: 1, max: 100_000 }),
    channel,
    depositedAt: at,
    number: words,
    issueDate: fc.constant('2026-11-20'),
    typeCode: maybe(words),
    billingFrame: maybe(fc.constantFrom('A1', 'A9', 'A12')),
    issuer: party,
    recipient: party,
    validator: maybe(party),
    serviceCode: maybe(words),
    commitmentNumber: maybe(words),
    dueDate: maybe(words),
    currency: maybe(words),
    totalWithVat: maybe(words),
    amountDue: maybe(words),
  }),
  InvoiceRejected: fc.record({
    flowNumber: fc.constant('CPP20261121000000001'),
    rank: fc.integer({ min: 0, max: 100_000 }),
    day: fc.constant('2026-11-20'),
    depositedAt: at,
    invoiceNumber: maybe(words),
    invoiceDate: maybe(words),
    issuer: maybe(party),
    recipientIdentifier: maybe(words),
    serviceCode: maybe(words),
    amount: maybe(words),
    currency: maybe(words),
    resendable: fc.boolean(),
    reasons: fc.array(reason, { maxLength: 30 }),
  }),
  InvoiceStatusChanged: fc.record({
    invoice: reference,
    from: status,
    to: status,
    by: fc.constantFrom('issuer', 'recipient', 'validator', 'system'),
    reason: maybe(fc.constantFrom(...Object.keys(STATUS_REASONS))),
    comment: maybe(words),
    paymentOrder: maybe(words),
    secondValidator: maybe(party),
  }),
  InvoiceRecycled: fc.record({
    invoice: reference,
    formerRecipient: party,
    recipient: party,
    serviceCode: maybe(words),
    commitmentNumber: maybe(words),
    comment: maybe(words),
  }),
  InvoiceCompleted: fc.record({
    invoice: reference,
    comment: maybe(words),
    supportingDocuments: fc.array(document, { maxLength: 40 }),
  }),
  SupportingDocumentsAdded: fc.record({
    invoice: reference,
    status,
    supportingDocuments: fc.array(document, { maxLength: 40 }),
  }),
  InvoiceValidatorCorrected: fc.record({ invoice: reference, validator: party, comment: maybe(words) }),
  RejectionAcknowledged: fc.record({ invoice: reference }),
  InvoiceCredited: fc.record({
    invoice: reference,
    status,
    creditNote: fc.record({
      number: words,
      issueDate: fc.constant('2026-11-21'),
      amount: maybe(words),
      currency: maybe(words),
    }),
    cancelled: fc.boolean(),
  }),
};

const hands = fc.oneof(
  fc.constant('all' as const),
  fc.array(
    fc.record({
      party: words,
      sides: fc.subarray(['issuer', 'recipient', 'validator', 'sender'] as const, { minLength: 1 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
);

const recorded = (type: string, data: object): RecordedEvent => ({
  stream: 'invoice-552081317-2026-F1',
  version: 1,
  id: '0190b3a2-0000-5000-8000-000000000001',
  type,
  schemaVersion: 1,
  data,
  metadata: {},
  occurredAt: '2026-11-20T08:00:00.000Z',
  recordedAt: '2026-11-20T08:00:00.123456Z',
  hash: '0'.repeat(64),
  transaction: '812',
  position: 41,
});

describe('events of the feed', () => {
  it.each(Object.keys(dataOf))('R48 tells every %s as the catalogue says, in less than 20 kB', (type) => {
    const toldTypes = new Set<FeedEventType>();
    fc.assert(
      fc.property(dataOf[type] ?? fc.constant({}), hands, (data, by) => {
        const event = feedEvent(recorded(type, data), { source: 'urn:repons', hands: by, billingFrame: 'A9' });
        toldTypes.add(event.type);
        const json = JSON.stringify(event);
        expect(Buffer.byteLength(json)).toBeLessThan(20_000);
        expect(envelopeSchema(event.type).safeParse(JSON.parse(json)).error?.issues ?? []).toEqual([]);
        expect(Buffer.from(json).toString('utf8')).toBe(json); // no half of a character
        expect(Object.keys(event.data).sort()).toEqual(Object.keys(FEED_EVENTS[event.type].data.shape).sort());
      }),
      { numRuns: 150 },
    );
    expect(toldTypes.size).toBe(1);
  });

  it('R48 documents each type that is sent, and sends each that is documented', () => {
    const told = Object.keys(dataOf).map((type) => {
      const [data = {}] = fc.sample(dataOf[type] ?? fc.constant({}), 1);
      return feedEvent(recorded(type, data), { source: 'urn:repons', hands: 'all', billingFrame: null }).type;
    });
    expect(told.sort()).toEqual(Object.keys(FEED_EVENTS).sort());
    const { asyncapi, channels, components, servers } = asyncApiDocument('https://repons.exemple/portail') as {
      asyncapi: string;
      servers: unknown;
      channels: Record<string, { messages: Record<string, { $ref: string }> }>;
      components: { messages: Record<string, { name: string; payload: { $ref: string } }>; schemas: object };
    };
    expect(asyncapi).toBe('3.0.0');
    expect(servers).toEqual({ repons: { host: 'repons.exemple', protocol: 'https', pathname: '/portail' } });
    expect(Object.values(components.messages).map(({ name }) => name)).toEqual(Object.keys(FEED_EVENTS));
    const pointers = [
      ...Object.values(channels).flatMap(({ messages }) => Object.values(messages).map(({ $ref }) => $ref)),
      ...Object.values(components.messages).map(({ payload }) => payload.$ref),
    ];
    const document = { components } as Record<string, unknown>;
    for (const pointer of pointers) {
      const found = pointer
        .slice(2)
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
      expect(found).toBeDefined();
    }
  });

  it('R48 describes an event as JSON Schema, every member with its meaning', () => {
    for (const type of Object.keys(FEED_EVENTS) as FeedEventType[]) {
      const { properties, required } = jsonSchemaOf(type) as {
        properties: Record<string, { properties?: Record<string, { description?: string }> }>;
        required: string[];
      };
      expect(required.sort()).toEqual(Object.keys(properties).sort());
      const members = properties['data']?.properties ?? {};
      for (const [name, { description }] of Object.entries(members))
        expect([name, description ?? '']).not.toContain('');
    }
  });

  it('R48 writes cursors that sort as the log does and that can be read back', () => {
    const place = fc.record({
      transaction: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
      position: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    });
    fc.assert(
      fc.property(place, place, (one, other) => {
        expect(placeOfCursor(feedCursor(one))).toEqual(one);
        const before = BigInt(one.transaction) - BigInt(other.transaction);
        const order = before === 0n ? one.position - other.position : Number(before > 0n) - Number(before < 0n);
        expect(Math.sign(order)).toBe(
          Number(feedCursor(one) > feedCursor(other)) - Number(feedCursor(one) < feedCursor(other)),
        );
      }),
    );
    for (const text of [
      '',
      'now',
      '12-3',
      `${'9'.repeat(20)}-${'0'.repeat(16)}`,
      `${'0'.repeat(20)}-${'9'.repeat(16)}`,
    ])
      expect(placeOfCursor(text)).toBeNull();
  });
});
