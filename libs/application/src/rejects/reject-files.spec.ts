import { flowStream, origin, type FlowDeposited, type FlowEvent, type Party } from '#domain';
import type { EventStore } from '#events';
import { openObjectStore, type ObjectStore } from '#persistence';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporary-folder.js';
import { collected, openOwnStore, type OwnStore, project, TestClock } from '../../../../test/support/test-store.js';
import { RejectDayClosing } from './reject-day-closing.js';
import { rejectFileJson } from './reject-file.js';
import { RejectFiles } from './reject-files.js';
import { rejectLinesFromLog } from './reject-lines.js';

const supplier: Party = { identifier: '55208131766522', name: 'Fournisseur' };
const other: Party = { identifier: '39860733300059', name: 'Autre fournisseur' };
const intermediary: Party = { identifier: '11000201100044', name: 'Intermédiaire' };
const stranger = '99999999900009';
const [past, today] = ['2026-11-19', '2026-11-20'];

describe('RejectFiles', () => {
  let own: OwnStore;
  let folder: TemporaryFolder;
  let store: EventStore;
  let objects: ObjectStore;
  let files: RejectFiles;
  const clock = new TestClock('2026-11-20T12:00:00Z');

  beforeAll(async () => {
    [own, folder] = await Promise.all([openOwnStore(), createTemporaryFolder('objects')]);
    ({ store } = own);
    objects = await openObjectStore({ kind: 'local', folder: folder.path });
    files = new RejectFiles(store, objects, clock);
    await reject(past, supplier, [supplier, supplier]);
    await reject(past, intermediary, [supplier, other, null]);
    await reject(today, intermediary, [supplier]);
    await project(store);
    await close(past);
  });

  afterAll(async () => {
    await Promise.all([own.close(), folder.remove()]);
  });

  /** Closes a day of the past, as if the log began on it, and writes its files. */
  async function close(day: string): Promise<void> {
    const closing = new RejectDayClosing(store, objects, clock);
    const context = { commandId: randomUUID(), correlationId: 'test', actor: 'test' };
    await store.append('reject-days', 'none', [{ type: 'RejectDayClosed', data: { day } }], context);
    await project(store);
    expect(await closing.writeMissingFiles()).toBe(3);
    await project(store);
    expect(await closing.writeMissingFiles()).toBe(0);
    await project(store);
    expect(await closing.closeEndedDays()).toEqual([]);
  }

  let sequence = 0;
  /** A flow whose every invoice is rejected, one for each issuer. */
  async function reject(day: string, sender: Party, issuers: readonly (Party | null)[]): Promise<void> {
    const flowNumber = `CPP0011100${String((sequence += 1)).padStart(15, '0')}`;
    const deposit: FlowDeposited['data'] = {
      flowNumber,
      name: `FSO1100A_${sequence}`,
      channel: 'API',
      sender,
      applicationCode: 'ABC123',
      interfaceCode: 'FSO1100A',
      size: 1,
      sha256: 'a'.repeat(64),
    };
    const reason = {
      code: 'REJ_SEMAN',
      rule: 'BR-02',
      message: 'Numéro manquant.',
      location: null,
      line: null,
      found: null,
      expected: null,
    };
    const rejects: FlowEvent[] = issuers.map((issuer, index) => ({
      type: 'InvoiceRejected',
      data: {
        ...origin(deposit, `${day}T10:00:00.000Z`, day),
        issuer,
        invoiceNumber: `F-${sequence}-${index}`,
        invoiceDate: day,
        recipientIdentifier: null,
        serviceCode: null,
        amount: null,
        currency: null,
        rank: index + 1,
        member: null,
        rules: ['chorus-historic'],
        supportingDocuments: [],
        reasons: [reason],
        resendable: true,
      },
    }));
    const context = { commandId: randomUUID(), correlationId: flowNumber, actor: 'test' };
    await store.append(flowStream(flowNumber), 'none', [{ type: 'FlowDeposited', data: deposit }, ...rejects], context);
  }

  const listed = async (viewer: string | null, filter: { day?: string; sender?: string } = {}) =>
    (await files.list(viewer, { day: null, sender: null, ...filter })).map(
      ({ day, sender, lines, closed }) => `${day} ${sender} ${lines} ${closed ? 'clos' : 'ouvert'}`,
    );
  const read = async (viewer: string | null, day: string, sender: string): Promise<string[] | null> => {
    const file = await files.open(viewer, day, sender, 'json');
    if (file === null) return null;
    const text = Buffer.concat(await collected(file.bytes as AsyncIterable<Buffer>)).toString();
    return (JSON.parse(text) as { lines: { invoiceNumber: string }[] }).lines.map(({ invoiceNumber }) => invoiceNumber);
  };

  it('R44 a supplier sees its own files, with what it sent and what was sent for it', async () => {
    expect(await listed(supplier.identifier)).toEqual([
      `${today} ${supplier.identifier} 1 ouvert`,
      `${past} ${supplier.identifier} 3 clos`,
    ]);
    expect(await read(supplier.identifier, past, supplier.identifier)).toEqual(['F-1-0', 'F-1-1', 'F-2-0']);
    expect(await read(supplier.identifier, today, supplier.identifier)).toEqual(['F-3-0']);
  });

  it('R44 an intermediary has one file of all that it deposited', async () => {
    expect(await listed(intermediary.identifier)).toEqual([
      `${today} ${intermediary.identifier} 1 ouvert`,
      `${past} ${intermediary.identifier} 3 clos`,
    ]);
    expect(await read(intermediary.identifier, past, intermediary.identifier)).toEqual(['F-2-0', 'F-2-1', 'F-2-2']);
  });

  it('R44 an intermediary sees, of its customer’s file, what it sent and nothing else', async () => {
    expect(await listed(intermediary.identifier, { sender: supplier.identifier })).toEqual([
      `${today} ${supplier.identifier} 1 ouvert`,
      `${past} ${supplier.identifier} 1 clos`,
    ]);
    const [, closed] = await files.list(intermediary.identifier, { day: null, sender: supplier.identifier });
    expect(closed).toMatchObject({ csvSha256: null, jsonSha256: null }); // the hash of a file that is not shown whole
    expect(await read(intermediary.identifier, past, supplier.identifier)).toEqual(['F-2-0']);
  });

  it('R44 a supplier sees, of its intermediary’s file, its own lines and nothing else', async () => {
    expect(await listed(supplier.identifier, { sender: intermediary.identifier, day: past })).toEqual([
      `${past} ${intermediary.identifier} 1 clos`,
    ]);
    expect(await read(supplier.identifier, past, intermediary.identifier)).toEqual(['F-2-0']);
    expect(await read(other.identifier, past, intermediary.identifier)).toEqual(['F-2-1']);
  });

  it.each([
    [stranger, supplier.identifier],
    [stranger, intermediary.identifier],
    [other.identifier, supplier.identifier],
    [supplier.identifier, other.identifier],
    ['', supplier.identifier],
  ])('R44 nobody else sees anything: %s of the file of %s', async (viewer, sender) => {
    expect(await listed(viewer, { sender })).toEqual([]);
    expect(await read(viewer, past, sender)).toBeNull();
  });

  it('R44 a structure without a reject has no file', async () => {
    expect(await listed(stranger)).toEqual([]);
    expect(await read(stranger, past, stranger)).toBeNull();
    expect(await read(supplier.identifier, '2026-11-18', supplier.identifier)).toBeNull();
  });

  it('R44 an operator sees every file, whole', async () => {
    expect(await listed(null, { day: past })).toEqual([
      `${past} ${intermediary.identifier} 3 clos`,
      `${past} ${other.identifier} 1 clos`,
      `${past} ${supplier.identifier} 3 clos`,
    ]);
    expect(await read(null, past, supplier.identifier)).toEqual(['F-1-0', 'F-1-1', 'F-2-0']);
  });

  it.each(['csv', 'json'] as const)(
    'R44 a closed %s file is the bytes that the log names by their SHA-256',
    async (format) => {
      const [summary] = await files.list(supplier.identifier, { day: past, sender: null });
      const file = await files.open(supplier.identifier, past, supplier.identifier, format);
      const bytes = Buffer.concat(await collected(file?.bytes as AsyncIterable<Buffer>));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(file).toMatchObject({ closed: true, sha256, name: `rejets_${past}_${supplier.identifier}.${format}` });
      expect(summary).toMatchObject({ closed: true, [`${format}Sha256`]: sha256, closedAt: expect.any(Date) as Date });
    },
  );

  it('R44 R49 a closed file can be made again from the log, byte for byte', async () => {
    const file = await files.open(supplier.identifier, past, supplier.identifier, 'json');
    const lines = rejectLinesFromLog(store, past, supplier.identifier);
    const again = Buffer.concat(await collected(rejectFileJson(past, supplier.identifier, lines)));
    expect(again.equals(Buffer.concat(await collected(file?.bytes as AsyncIterable<Buffer>)))).toBe(true);
  });

  it('R44 the list goes back a month, unless a day is asked for', async () => {
    const later = new RejectFiles(store, objects, new TestClock('2027-02-01T12:00:00Z'));
    expect(await later.list(supplier.identifier, { day: null, sender: null })).toEqual([]);
    expect(await later.list(supplier.identifier, { day: past, sender: null })).toHaveLength(1);
  });

  it('R44 the file of an open day grows with the day', async () => {
    await reject(today, supplier, [supplier]);
    await project(store);
    const file = await files.open(supplier.identifier, today, supplier.identifier, 'csv');
    expect(file).toMatchObject({ closed: false, sha256: null });
    file?.bytes.destroy();
    expect(await read(supplier.identifier, today, supplier.identifier)).toEqual(['F-3-0', 'F-4-0']);
  });

  it('R44 R45 a file holds what was recorded before it was asked for, though the read model comes later', async () => {
    await reject(today, supplier, [supplier]);
    const asked = read(supplier.identifier, today, supplier.identifier);
    await pause(200);
    await project(store);
    expect(await asked).toContain(`F-${sequence}-0`);
    await reject(today, supplier, [supplier]);
    expect(await read(supplier.identifier, today, supplier.identifier)).not.toContain(`F-${sequence}-0`); // nobody projects
  });
});
