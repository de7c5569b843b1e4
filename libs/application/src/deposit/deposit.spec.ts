import { flowStream, PLATFORM_APPLICATION_CODE } from '#domain';
import type { EventStore } from '#events';
import { openObjectStore, type ObjectStore } from '#persistence';
import { createHash, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporary-folder.js';
import { collected, openOwnStore, type OwnStore, project, TestClock } from '../../../../test/support/test-store.js';
import { Deposits, type Deposit } from './deposit.js';

const MAX_BYTES = 1_000;
const sender = { identifier: '11000201100044', name: 'Papeterie' };
const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

async function* chunks(text: string): AsyncGenerator<Buffer> {
  for (let start = 0; start < text.length; start += 7) {
    await Promise.resolve();
    yield Buffer.from(text.slice(start, start + 7));
  }
}

describe('Deposits', () => {
  let own: OwnStore;
  let folder: TemporaryFolder;
  let store: EventStore;
  let objects: ObjectStore;
  let deposits: Deposits;

  beforeAll(async () => {
    [own, folder] = await Promise.all([openOwnStore(), createTemporaryFolder('objects')]);
    ({ store } = own);
    objects = await openObjectStore({ kind: 'local', folder: folder.path });
    deposits = new Deposits(store, objects, new TestClock('2026-11-20T23:30:00Z'), MAX_BYTES);
  });

  afterAll(async () => {
    await Promise.all([own.close(), folder.remove()]);
  });

  let sequence = 0;
  const envelope = (code = 'ABC123') => `FSO1100A_${code}_${code}1100${String((sequence += 1)).padStart(15, '0')}`;
  const someBytes = () => `<facture>${randomUUID()}</facture>`;
  function offer(change: Partial<Deposit> & { text?: string } = {}): Deposit {
    const { text = someBytes(), ...rest } = change;
    return {
      applicationCode: 'ABC123',
      sender,
      channel: 'SFTP',
      name: { envelope: envelope() },
      bytes: chunks(text),
      announcedSize: text.length,
      attempt: randomUUID(),
      ...rest,
    };
  }
  const eventsOf = async (stream: string) =>
    (await collected(store.readStream(stream))).map(({ type, data }) => ({
      type,
      data: data as Record<string, unknown>,
    }));
  const flowEvents = (flowNumber: string) => eventsOf(flowStream(flowNumber));
  const logSize = async () =>
    Number((await store.pool.query<{ events: string }>('SELECT count(*) AS events FROM es.events')).rows[0]?.events);
  /** Events of these types, everything that was recorded so far included. */
  const ofTypes = async (...types: string[]) => {
    await project(store);
    return (await store.readAll({ types, limit: 10_000 })).events;
  };
  const stored = async () =>
    (await readdir(folder.path, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);

  it('R40 acknowledges with a number once the bytes are safe and the log knows', async () => {
    const text = someBytes();
    const one = offer({ text });
    const receipt = await deposits.deposit(one);
    const name = (one.name as { envelope: string }).envelope;
    expect(receipt).toEqual({
      flowNumber: expect.stringMatching(/^CPP0011100\d{15}$/) as string,
      name,
      repeated: false,
      findings: [],
    });
    const [first, ...others] = await collected(store.readStream(flowStream(receipt.flowNumber)));
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      type: 'FlowDeposited',
      occurredAt: '2026-11-20T23:30:00.000Z',
      metadata: { commandId: one.attempt, actor: 'connection:ABC123', correlationId: receipt.flowNumber },
      data: {
        flowNumber: receipt.flowNumber,
        name,
        channel: 'SFTP',
        sender,
        applicationCode: 'ABC123',
        interfaceCode: 'FSO1100A',
        size: text.length,
        sha256: sha256Of(text),
      },
    });
    expect(
      Buffer.concat(await collected((await objects.open(sha256Of(text))) as AsyncIterable<Buffer>)).toString(),
    ).toBe(text);
  });

  it('R20 R40 tells the senders apart who come by the platform’s own code, and names who acts', async () => {
    const text = someBytes();
    const byPortal = (identifier: string, attempt = randomUUID()) =>
      deposits.deposit({
        ...offer({ text, channel: 'PORTAL', name: { interfaceCode: 'FSO1150A' }, attempt }),
        applicationCode: PLATFORM_APPLICATION_CODE,
        sender: { identifier, name: null },
        actor: 'account-1',
      });
    const first = await byPortal('11000201100044');
    const elsewhere = await byPortal('13002526500013');
    const again = await byPortal('11000201100044');
    expect([first.repeated, elsewhere.repeated, again.repeated]).toEqual([false, false, true]);
    expect(again.flowNumber).toBe(first.flowNumber);
    expect(elsewhere.flowNumber).not.toBe(first.flowNumber);
    const [event] = await collected(store.readStream(flowStream(first.flowNumber)));
    expect(event?.metadata).toMatchObject({ actor: 'account-1' });
  });

  it('R40 gives a name of the platform to a flow that came with an interface alone', async () => {
    const { flowNumber, name } = await deposits.deposit(offer({ channel: 'API', name: { interfaceCode: 'FSO1117A' } }));
    expect(flowNumber).toMatch(/^CPP0011117/);
    expect(name).toBe(`FSO1117A_CPP001_${flowNumber}`);
    expect(await flowEvents(flowNumber)).toMatchObject([
      { type: 'FlowDeposited', data: { channel: 'API', interfaceCode: 'FSO1117A', name } },
    ]);
  });

  it('R40 recognises the same bytes from the same sender, under whatever name and by whatever door', async () => {
    const text = someBytes();
    const first = await deposits.deposit(offer({ text }));
    const again = [
      offer({ text }),
      offer({ text, channel: 'API', name: { interfaceCode: 'FSO1106A' } }),
      offer({ text, name: { envelope: 'factures.xml' } }),
    ];
    for (const one of again) expect(await deposits.deposit(one)).toEqual({ ...first, repeated: true });
    expect(await flowEvents(first.flowNumber)).toHaveLength(1);
    const events = await ofTypes('FlowDepositRepeated');
    const repetitions = events.filter(({ data }) => (data as { flowNumber: string }).flowNumber === first.flowNumber);
    expect(repetitions.map(({ data }) => (data as { channel: string }).channel)).toEqual(['SFTP', 'API', 'SFTP']);
  });

  it('R40 takes the same bytes from another sender as another flow', async () => {
    const text = someBytes();
    const one = await deposits.deposit(offer({ text }));
    const other = await deposits.deposit(
      offer({ text, applicationCode: 'XYZ789', name: { envelope: envelope('XYZ789') } }),
    );
    expect(other).toMatchObject({ repeated: false, findings: [] });
    expect(other.flowNumber).not.toBe(one.flowNumber);
  });

  it('R46 a try again after a crash is no repetition, and adds nothing to the log', async () => {
    const [text, attempt, name] = [someBytes(), randomUUID(), { envelope: envelope() }];
    const first = await deposits.deposit(offer({ text, attempt, name }));
    const before = await logSize();
    expect(await deposits.deposit(offer({ text, attempt, name }))).toEqual(first);
    expect(await logSize()).toBe(before);
  });

  it('R46 a repetition that is tried again is recorded once', async () => {
    const [text, attempt] = [someBytes(), randomUUID()];
    const first = await deposits.deposit(offer({ text }));
    await deposits.deposit(offer({ text, attempt }));
    const before = await logSize();
    expect(await deposits.deposit(offer({ text, attempt }))).toEqual({ ...first, repeated: true });
    expect(await logSize()).toBe(before);
  });

  it('R40 R46 gives one number to the same bytes that come ten times at once', async () => {
    const text = someBytes();
    const receipts = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        deposits.deposit(offer({ text, ...(index % 2 === 0 ? {} : { name: { interfaceCode: 'FSO1100A' } }) })),
      ),
    );
    const numbers = new Set(receipts.map(({ flowNumber }) => flowNumber));
    expect(numbers.size).toBe(1);
    expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1);
    const events = await ofTypes('FlowDeposited', 'FlowDepositRepeated');
    const [number] = numbers;
    const about = events
      .filter(({ data }) => (data as { flowNumber: string }).flowNumber === number)
      .map(({ type }) => type);
    expect(about.filter((type) => type === 'FlowDeposited')).toHaveLength(1);
    expect(about.filter((type) => type === 'FlowDepositRepeated')).toHaveLength(9);
  });

  it('R44 refuses other bytes under a name that was used, in the log and in the rejects of the day of Paris', async () => {
    const name = { envelope: envelope() };
    const first = await deposits.deposit(offer({ name }));
    const second = await deposits.deposit(offer({ name }));
    expect(second).toMatchObject({ repeated: false, findings: [{ rule: 'FLOW-NAME-USED', code: 'IRR_UNICITE' }] });
    expect(second.flowNumber).not.toBe(first.flowNumber);
    expect(await flowEvents(second.flowNumber)).toMatchObject([
      { type: 'FlowDeposited' },
      { type: 'FlowRefused', data: { day: '2026-11-21', reasons: [{ code: 'IRR_UNICITE', found: name.envelope }] } },
    ]);
    expect(await flowEvents(first.flowNumber)).toHaveLength(1);
  });

  it('R40 refuses all but one of different flows that race for a name', async () => {
    const name = { envelope: envelope() };
    const receipts = await Promise.all(Array.from({ length: 6 }, () => deposits.deposit(offer({ name }))));
    expect(new Set(receipts.map(({ flowNumber }) => flowNumber)).size).toBe(6);
    expect(receipts.filter(({ findings }) => findings.length === 0)).toHaveLength(1);
  });

  it.each([
    ['factures.xml', 'IRR_FORM'],
    ['', 'IRR_FORM'],
    ['../../etc/passwd', 'IRR_FORM'],
    ['nom\r\navec des lignes', 'IRR_FORM'],
    ['FSO1100A_ABC123_ABC1231100000000000000001.xml', 'IRR_FORM'],
    ['FSO9999A_ABC123_ABC1239999000000000000001', 'IRR_CODE_INTER'],
    ['FSO1100A_ABC123_XYZ7891100000000000000001', 'IRR_FORM'],
    ['FSO1100A_XYZ789_XYZ7891100000000000000001', 'IRR_CODE_APP'],
  ])('R40 R44 refuses the name %j with %s, and the same bytes are welcome under a right one', async (name, code) => {
    const text = someBytes();
    const refused = await deposits.deposit(offer({ text, name: { envelope: name } }));
    expect(refused).toMatchObject({ name, repeated: false, findings: [{ code }] });
    expect(await flowEvents(refused.flowNumber)).toMatchObject([
      { type: 'FlowDeposited', data: { name } },
      { type: 'FlowRefused', data: { flowName: name, sender, reasons: [{ code }] } },
    ]);
    const corrected = await deposits.deposit(offer({ text }));
    expect(corrected).toMatchObject({ repeated: false, findings: [] });
    expect(corrected.flowNumber).not.toBe(refused.flowNumber);
  });

  it('R16 refuses what a replaced structure sends with IRR_CODE_APP, and takes it from its successor', async () => {
    const text = someBytes();
    const refused = await deposits.deposit(offer({ text, senderDeactivated: { successor: '11000201100051' } }));
    expect(refused.findings).toMatchObject([
      { code: 'IRR_CODE_APP', rule: 'FLOW-SENDER-INACTIVE', found: sender.identifier, expected: '11000201100051' },
    ]);
    expect(await stored()).toContainEqual(expect.stringContaining(sha256Of(text)));
    const fromSuccessor = { applicationCode: 'NEW456', name: { envelope: envelope('NEW456') } };
    const taken = await deposits.deposit(offer({ text, ...fromSuccessor }));
    expect(taken).toMatchObject({ repeated: false, findings: [] });
    expect(taken.flowNumber).not.toBe(refused.flowNumber);
  });

  it('R46 a refusal that is tried again, or dropped again, is the same refusal', async () => {
    const [text, attempt, name] = [someBytes(), randomUUID(), { envelope: 'factures.xml' }];
    const first = await deposits.deposit(offer({ text, attempt, name }));
    const before = await logSize();
    expect(await deposits.deposit(offer({ text, attempt, name }))).toEqual(first);
    expect(await logSize()).toBe(before);
    expect(await deposits.deposit(offer({ text, name }))).toEqual({ ...first, repeated: true });
  });

  it('R46 the refusal of a used name that is tried again is the same refusal', async () => {
    const [text, attempt, name] = [someBytes(), randomUUID(), { envelope: envelope() }];
    await deposits.deposit(offer({ name }));
    const refused = await deposits.deposit(offer({ text, attempt, name }));
    const before = await logSize();
    expect(await deposits.deposit(offer({ text, attempt, name }))).toEqual(refused);
    expect(await logSize()).toBe(before);
    expect(await deposits.deposit(offer({ text }))).toMatchObject({ repeated: false, findings: [] });
  });

  it('R41 takes a flow of exactly the limit', async () => {
    const text = 'x'.repeat(MAX_BYTES);
    expect(await deposits.deposit(offer({ text }))).toMatchObject({ findings: [] });
  });

  it('R41 refuses one byte over the limit that is announced, without reading one', async () => {
    let asked = 0;
    const bytes = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: (asked += 1) > 0, value: undefined }) }),
    };
    const before = await stored();
    const receipt = await deposits.deposit(
      offer({ bytes: bytes as unknown as AsyncIterable<Buffer>, announcedSize: MAX_BYTES + 1 }),
    );
    expect(receipt.findings).toMatchObject([{ code: 'IRR_TAILLE', found: '1001', expected: '1000' }]);
    expect(asked).toBe(0);
    expect(await flowEvents(receipt.flowNumber)).toMatchObject([
      { data: { size: MAX_BYTES + 1, sha256: null } },
      { type: 'FlowRefused', data: { reasons: [{ code: 'IRR_TAILLE' }] } },
    ]);
    expect(await stored()).toEqual(before);
  });

  it.each([null, 10])(
    'R41 refuses one byte over the limit when %s bytes were announced, and keeps nothing',
    async (announcedSize) => {
      const before = await stored();
      const receipt = await deposits.deposit(
        offer({ text: `${announcedSize}`.padEnd(MAX_BYTES + 1, 'y'), announcedSize }),
      );
      expect(receipt.findings).toMatchObject([{ code: 'IRR_TAILLE' }]);
      expect(await flowEvents(receipt.flowNumber)).toMatchObject([{ data: { sha256: null } }, { type: 'FlowRefused' }]);
      expect(await stored()).toEqual(before);
    },
  );

  it('R43 tells every fault of the envelope at once', async () => {
    const { findings } = await deposits.deposit(offer({ name: { envelope: 'x' }, announcedSize: MAX_BYTES + 1 }));
    expect(findings.map(({ code }) => code)).toEqual(['IRR_FORM', 'IRR_TAILLE']);
  });

  it('R40 takes two empty files for what they are: two names', async () => {
    const one = await deposits.deposit(offer({ text: '' }));
    const other = await deposits.deposit(offer({ text: '' }));
    expect(other).toMatchObject({ repeated: false });
    expect(other.flowNumber).not.toBe(one.flowNumber);
  });

  it('R40 a body that breaks off leaves nothing in the log, and the next try is the first', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield* chunks('<facture>');
      throw new Error('connexion coupée');
    }
    const [before, files, attempt] = [await logSize(), await stored(), randomUUID()];
    await expect(deposits.deposit(offer({ bytes: broken(), attempt }))).rejects.toThrow('connexion coupée');
    expect(await logSize()).toBe(before);
    expect(await stored()).toEqual(files);
    expect(await deposits.deposit(offer({ attempt }))).toMatchObject({ repeated: false, findings: [] });
  });

  it('R40 a store that fails leaves nothing in the log', async () => {
    const failing = { ...objects, put: () => Promise.reject(new Error('disque plein')) } as ObjectStore;
    const before = await logSize();
    const attempt = new Deposits(store, failing, new TestClock('2026-11-21T00:00:00Z'), MAX_BYTES).deposit(offer());
    await expect(attempt).rejects.toThrow('disque plein');
    expect(await logSize()).toBe(before);
  });

  it('R40 the log cites no bytes that are not in the store', async () => {
    const events = await ofTypes('FlowDeposited', 'FlowBytesClaimed');
    const cited = new Set(events.map(({ data }) => (data as { sha256: string | null }).sha256));
    expect(cited.size).toBeGreaterThan(20);
    for (const sha256 of cited) if (sha256 !== null) expect((await objects.verify(sha256)).sha256).toBe(sha256);
  });
});
