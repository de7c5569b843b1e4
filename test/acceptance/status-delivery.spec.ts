import { Directory } from '#application';
import { invoiceStream, type InvoiceEvent, type InvoiceIntegrated, type InvoiceStatus } from '#domain';
import type { EventStore } from '#events';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { StatusDelivery } from '../../apps/edi-worker/src/delivery/status-delivery.js';
import { DELIVERIES } from '../../apps/edi-worker/src/delivery/status-cursors.js';
import type { PartnerBoxes } from '../../apps/edi-worker/src/pick-up/partner-boxes.js';
import { BoxWorld } from '../support/box-world.js';
import { integratedInvoice } from '../support/invoice-events.js';
import { endHoldersOf, holdersOf } from '../support/session-locks.js';
import { listeningLogger, project, TestClock } from '../support/test-store.js';

const ISSUER = '55208131766522';
const OTHER_ISSUER = '39860733300059';
const OPERATOR = '41816609600069';
const RECIPIENT = '11000201100044';

describe('what became of invoices, in the boxes of who sent them', () => {
  let world: BoxWorld;
  let store: EventStore;
  let boxes: PartnerBoxes;
  const { logger, lines } = listeningLogger();
  const clock = new TestClock('2026-11-22T10:00:00.000Z');
  let invoices = 0;

  beforeAll(async () => {
    world = await BoxWorld.open();
    ({ store, boxes } = world);
    await world.connect('ISSUER', ISSUER);
    await world.connect('OTHERS', OTHER_ISSUER);
    await world.connect('TDT001', OPERATOR);
    await world.connect('PUBLIC', RECIPIENT);
    await project(store);
  });

  afterAll(() => world.close());

  const deliveryOn = (on: EventStore, into: Pick<PartnerBoxes, 'size' | 'write'>, most?: number): StatusDelivery =>
    new StatusDelivery(on, world.objects, into, new Directory(on), clock, logger, most);

  /** One look of a worker, after the read models have come up to the log. */
  const look = async (most?: number): Promise<void> => {
    await project(store);
    await deliveryOn(store, boxes, most).look();
  };

  const record = async (stream: string, { type, data }: InvoiceEvent, version: number | 'none'): Promise<void> => {
    const context = { commandId: randomUUID(), correlationId: 'test', actor: 'test' };
    await store.append(stream, version, [{ type, data, occurredAt: '2026-11-22T09:00:00.000Z' }], context);
  };

  /** Lets an invoice in; gives its number and what changes its status. */
  const invoice = async (data: Partial<InvoiceIntegrated['data']> = {}) => {
    const number = `F-${(invoices += 1)}`;
    const first = integratedInvoice({ number, rank: invoices, ...data });
    const { issuer, sender, issueDate, recipient, serviceCode } = first.data;
    const stream = invoiceStream(issuer.identifier, number, issueDate);
    await record(stream, first, 'none');
    let version = 1;
    const set = async (...statuses: readonly InvoiceStatus[]): Promise<void> => {
      for (const to of statuses) {
        const reference = {
          number,
          issueDate,
          issuer: issuer.identifier,
          sender: sender.identifier,
          recipient: recipient.identifier,
          serviceCode,
        };
        const details = { from: to, to, by: 'recipient', reason: null, comment: null } as const;
        const none = { paymentOrder: null, secondValidator: null };
        const data = { invoice: { ...reference, validator: null }, ...details, ...none };
        await record(stream, { type: 'InvoiceStatusChanged', data }, version);
        version += 1;
      }
    };
    return { number, set };
  };

  const outOf = (code: string, ...rest: readonly string[]): string => world.box(code, 'out', ...rest);
  const namesIn = async (code: string): Promise<string[]> => (await readdir(outOf(code)).catch(() => [])).sort();

  /** What a partner finds in its box and takes away: for each file, `number status` in order. */
  const take = async (code: string): Promise<string[][]> => {
    const files: string[][] = [];
    for (const name of await namesIn(code)) {
      const text = await readFile(outOf(code, name), 'utf8');
      const told = text.matchAll(/<IdStatut>(\d+)<.*?<IdFacture>([^<]*)</g);
      files.push([...told].map(([, status, number]) => `${number} ${status}`));
      await rm(outOf(code, name));
    }
    return files;
  };

  it('R25 R48 tells the issuer each status once, in order, and nobody else', async () => {
    const [one, two] = [await invoice(), await invoice()];
    await one.set('SUSPENDUE');
    await two.set('REJETEE');
    await one.set('COMPLETEE', 'MISE_EN_PAIEMENT');
    await look();
    const name = 'FEN1200A_ISSUER_ISSUER1200000000000000001';
    expect(await namesIn('ISSUER')).toEqual([name]);
    expect(await readFile(outOf('ISSUER', name), 'utf8')).toContain(
      '<Code>IdFlx</Code><Valeurparametre>ISSUER1200000000000000001<',
    );
    const [a, b] = [one.number, two.number];
    expect(await take('ISSUER')).toEqual([[`${a} 03`, `${b} 03`, `${a} 06`, `${b} 05`, `${a} 12`, `${a} 11`]]);
    for (const code of ['OTHERS', 'TDT001', 'PUBLIC']) expect(await namesIn(code)).toEqual([]);
    await look();
    expect(await namesIn('ISSUER')).toEqual([]);
  });

  it('R48 parts what there is much of into files, one after the other', async () => {
    const { number, set } = await invoice();
    await set('SERVICE_FAIT', 'MANDATEE', 'COMPTABILISEE', 'MISE_EN_PAIEMENT');
    await look(2);
    expect(await namesIn('ISSUER')).toEqual([2, 3, 4].map((file) => `FEN1200A_ISSUER_ISSUER120000000000000000${file}`));
    expect(await take('ISSUER')).toEqual([
      [`${number} 03`, `${number} 07`],
      [`${number} 08`, `${number} 10`],
      [`${number} 11`],
    ]);
  });

  it('R27 R48 leaves out what the format has no code for, and goes on over it without a file', async () => {
    const { number, set } = await invoice({
      billingFrame: 'A9',
      validator: { identifier: OTHER_ISSUER, name: null },
    });
    await look(1);
    expect(await namesIn('ISSUER')).toEqual([]);
    await set('VALIDEE_1', 'MISE_A_DISPOSITION');
    await look();
    expect(await take('ISSUER')).toEqual([[`${number} 13`, `${number} 03`]]);
  });

  it('R48 tells whoever sent it for the issuer, of that invoice alone, and the issuer as well', async () => {
    const sent = await invoice({ sender: { identifier: OPERATOR, name: 'Opérateur' } });
    const own = await invoice();
    await sent.set('SUSPENDUE');
    await own.set('REJETEE');
    await look();
    expect(await take('TDT001')).toEqual([[`${sent.number} 03`, `${sent.number} 06`]]);
    expect(await take('ISSUER')).toEqual([
      [`${sent.number} 03`, `${own.number} 03`, `${sent.number} 06`, `${own.number} 05`],
    ]);
    expect(await namesIn('OTHERS')).toEqual([]);
  });

  it('R48 killed between the drop and the cursor: the same file, nothing lost, nothing twice', async () => {
    const { number, set } = await invoice();
    await project(store);
    const victim = await world.openStore(2);
    let dropped: () => void = () => undefined;
    let die: (reason: Error) => void = () => undefined;
    const hasDropped = new Promise<void>((resolve) => (dropped = resolve));
    const death = new Promise<never>((_, reject) => (die = reject));
    const lastBreath = {
      size: boxes.size.bind(boxes),
      write: async (...file: Parameters<PartnerBoxes['write']>): Promise<void> => {
        await boxes.write(...file);
        dropped();
        await death; // it goes no further
      },
    };
    const dying = deliveryOn(victim, lastBreath).look();
    await hasDropped;
    const [name = ''] = await namesIn('ISSUER');
    const before = [await readFile(outOf('ISSUER', name), 'utf8'), (await stat(outOf('ISSUER', name))).ino];

    await set('SERVICE_FAIT');
    await look(); // the dying worker still has its lock
    expect(await namesIn('ISSUER')).toEqual([name]);
    expect(await endHoldersOf(store.pool, DELIVERIES)).toBe(1);
    while ((await holdersOf(store.pool, DELIVERIES)) > 0) await pause(20);
    clock.instant = '2026-11-22T11:00:00.000Z';
    await look();
    expect([await readFile(outOf('ISSUER', name), 'utf8'), (await stat(outOf('ISSUER', name))).ino]).toEqual(before);
    expect(await take('ISSUER')).toEqual([[`${number} 03`], [`${number} 07`]]);
    die(new Error('killed'));
    await dying;
    await victim.close();
    await look();
    expect(await namesIn('ISSUER')).toEqual([]);
  });

  it('R48 a box that cannot be reached keeps no other waiting, and misses nothing', async () => {
    const elsewhere = { identifier: OTHER_ISSUER, name: null };
    const [one, other] = [await invoice(), await invoice({ issuer: elsewhere, sender: elsewhere })];
    await project(store);
    const failing = {
      size: boxes.size.bind(boxes),
      write: async (...[code, ...rest]: Parameters<PartnerBoxes['write']>): Promise<void> => {
        if (code === 'ISSUER') throw new Error('unreachable');
        await boxes.write(code, ...rest);
      },
    };
    await deliveryOn(store, failing).look();
    expect(lines.filter(({ box, msg }) => box === 'ISSUER' && msg === 'statuses could not be delivered')).not.toEqual(
      [],
    );
    expect(await namesIn('ISSUER')).toEqual([]);
    expect(await take('OTHERS')).toEqual([[`${other.number} 03`]]);
    await one.set('MANDATEE');
    await look();
    expect(await take('ISSUER')).toEqual([[`${one.number} 03`], [`${one.number} 08`]]);
  });

  it('R46 R48 two workers at once write each file once', async () => {
    const { number, set } = await invoice();
    await set('SERVICE_FAIT', 'MANDATEE', 'COMPTABILISEE');
    await project(store);
    const second = await world.openStore(4);
    const others = world.openBoxes();
    await Promise.all([deliveryOn(store, boxes, 1).look(), deliveryOn(second, others, 1).look()]);
    expect(await take('ISSUER')).toEqual(['03', '07', '08', '10'].map((status) => [`${number} ${status}`]));
    await others.close();
    await second.close();
  });

  it('R48 a file of another time under its name stays, and nothing is lost', async () => {
    const { number } = await invoice();
    const { rows } = await store.pool.query<{ files: string }>(
      `SELECT files FROM outbox.status_deliveries WHERE application_code = 'ISSUER'`,
    );
    const name = `FEN1200A_ISSUER_ISSUER1200${String(Number(rows[0]?.files) + 1).padStart(15, '0')}`;
    await boxes.write('ISSUER', 'out', name, Readable.from([Buffer.from('avant la restauration')]));
    await look();
    expect(lines.at(-1)).toMatchObject({ box: 'ISSUER', msg: 'statuses could not be delivered' });
    expect(await readFile(outOf('ISSUER', name), 'utf8')).toBe('avant la restauration');
    await rm(outOf('ISSUER', name));
    await look();
    expect(await take('ISSUER')).toEqual([[`${number} 03`]]);
  });

  it('R48 a new box begins where it was opened; a connection without a box gets nothing', async () => {
    await invoice();
    await world.connect('LATER1', ISSUER);
    await world.connect('NOBOX1', ISSUER, null);
    const since = await invoice();
    await look();
    expect(await take('LATER1')).toEqual([[`${since.number} 03`]]);
    expect(await namesIn('NOBOX1')).toEqual([]);
  });
});
