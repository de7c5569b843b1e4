import { Deposits, Directory, type WorkQueue } from '#application';
import { connectionStream, flowStream, structureStream } from '#domain';
import type { EventStore, NewEvent } from '#events';
import { openObjectStore } from '#persistence';
import { record } from '../../../../test/support/read-models.js';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporary-folder.js';
import {
  collected,
  listeningLogger,
  openOwnStore,
  type OwnStore,
  project,
  TestClock,
} from '../../../../test/support/test-store.js';
import { thisWorker } from '../worker-identity.js';
import type { BoxFile, PartnerBoxes } from './partner-boxes.js';
import { PickUp } from './pick-up.js';

/** Boxes in memory: names of files by folder, `<application code>/<folder>/<name>`. */
function boxesInMemory(): { boxes: PartnerBoxes; files: Map<string, string> } {
  const files = new Map<string, string>();
  const boxes: Pick<PartnerBoxes, 'list' | 'size' | 'move' | 'read'> = {
    list: (code, folder) => {
      const within = `${code}/${folder}/`;
      const list = [...files].filter(([path]) => path.startsWith(within));
      return Promise.resolve(
        list.map(([path, text]): BoxFile => ({ name: path.slice(within.length), size: text.length, modifiedAt: 1 })),
      );
    },
    size: (code, folder, name) => Promise.resolve(files.get(`${code}/${folder}/${name}`)?.length ?? null),
    move: (code, from, to) => {
      const text = files.get([code, ...from].join('/'));
      if (text === undefined) return Promise.resolve(false);
      files.delete([code, ...from].join('/'));
      files.set([code, ...to].join('/'), text);
      return Promise.resolve(true);
    },
    read: (code, folder, name) => Promise.resolve(bytesOf(files.get(`${code}/${folder}/${name}`) ?? '')),
  };
  return { boxes: boxes as PartnerBoxes, files };
}

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from(text));
}

describe('PickUp', () => {
  const [OLD, NEW] = ['13002526500013', '13002526500021'];
  let own: OwnStore;
  let folder: TemporaryFolder;
  let store: EventStore;

  beforeAll(async () => {
    [own, folder] = await Promise.all([openOwnStore(), createTemporaryFolder('objects')]);
    ({ store } = own);
  });

  afterAll(async () => {
    await Promise.all([own.close(), folder.remove()]);
  });

  const happened = (stream: string, ...events: readonly NewEvent[]) =>
    record(store, { stream, expected: 'any', events });
  /** A structure with a connection of this code. */
  const connected = async (identifier: string, applicationCode: string): Promise<void> => {
    const data = { identifier, name: 'Commune', publicEntity: true };
    await happened(structureStream(identifier), { type: 'StructureRegistered', data });
    const opened = { applicationCode, structure: identifier, name: 'Commune' };
    await happened(connectionStream(applicationCode), { type: 'ConnectionOpened', data: opened });
  };
  const deactivated = (identifier: string, successor: string | null) =>
    happened(structureStream(identifier), { type: 'StructureDeactivated', data: { successor } });

  /** A worker's pick-up, and what it does: files by path, hints to the queue. */
  async function pickingUp() {
    const { boxes, files } = boxesInMemory();
    const hints: { step: string; flowNumber: string }[] = [];
    const queue = {
      hint: (hint: { step: string; flowNumber: string }) => Promise.resolve(void hints.push(hint)),
    } as unknown as WorkQueue;
    const clock = new TestClock('2026-11-20T10:00:00Z');
    const objects = await openObjectStore({ kind: 'local', folder: folder.path });
    const deposits = new Deposits(store, objects, clock, 1_000);
    const { logger } = listeningLogger();
    const pickUp = new PickUp(boxes, new Directory(store), deposits, queue, clock, thisWorker(), logger);
    /** Looks until what is dropped is whole, and waits until it has been taken. */
    const look = async (): Promise<void> => {
      await project(store);
      for (let looks = 0; looks < 2; looks += 1) await pickUp.look();
      await pickUp.settle();
    };
    return { files, hints, look };
  }
  const eventsOf = async (flowNumber: string | undefined) => collected(store.readStream(flowStream(flowNumber ?? '')));

  it('R16 refuses as a flow what is dropped into the box of a replaced structure, and names its successor', async () => {
    await connected(OLD ?? '', 'OLD001');
    const { files, hints, look } = await pickingUp();
    const [before, after] = [1, 2].map((n) => `FSO1100A_OLD001_OLD001110000000000000000${n}`);
    files.set(`OLD001/in/${before}`, 'avant');
    await look();
    expect(hints).toMatchObject([{ step: 'ingest' }]);
    await deactivated(OLD ?? '', NEW ?? '');
    files.set(`OLD001/in/${after}`, 'après');
    await look();
    expect(hints).toMatchObject([{ step: 'ingest' }, { step: 'deliver-report' }]);
    expect(await eventsOf(hints[1]?.flowNumber)).toMatchObject([
      { type: 'FlowDeposited', data: { name: after, sender: { identifier: OLD } } },
      {
        type: 'FlowRefused',
        data: {
          reasons: [
            {
              code: 'IRR_CODE_APP',
              rule: 'FLOW-SENDER-INACTIVE',
              message: expect.stringContaining(`« ${NEW} » lui a succédé`) as string,
              found: OLD,
              expected: NEW,
            },
          ],
        },
      },
    ]);
    expect([...files.keys()].map((path) => path.replace(/^OLD001\/archive\/2026-11-20\/CPP\d+_\d+_/, ''))).toEqual([
      before,
      after,
    ]);
  });

  it('R16 refuses it for a structure that was deactivated without a successor as well, and takes the others’', async () => {
    await connected('21330063500017', 'SHUT01');
    await connected('21750001600019', 'LIVE01');
    await deactivated('21330063500017', null);
    const { files, hints, look } = await pickingUp();
    for (const code of ['SHUT01', 'LIVE01']) files.set(`${code}/in/FSO1100A_${code}_${code}1100000000000000001`, code);
    await look();
    expect(hints.map(({ step }) => step).sort()).toEqual(['deliver-report', 'ingest']);
    const refused = hints.find(({ step }) => step === 'deliver-report')?.flowNumber;
    const [, refusal] = await eventsOf(refused);
    expect(refusal).toMatchObject({
      data: { reasons: [{ code: 'IRR_CODE_APP', found: '21330063500017', expected: null }] },
    });
    expect(JSON.stringify(refusal?.data)).not.toContain('succédé');
  });

  it('R16 answers the same bytes, deposited before the change of SIRET, by the flow that they are', async () => {
    const old = '55208131766522';
    await connected(old, 'REPEAT');
    const { files, hints, look } = await pickingUp();
    const name = 'FSO1100A_REPEAT_REPEAT1100000000000000001';
    files.set(`REPEAT/in/${name}`, 'mêmes octets');
    await look();
    await deactivated(old, NEW ?? '');
    files.set(`REPEAT/in/${name}`, 'mêmes octets');
    await look();
    expect(hints).toHaveLength(2);
    expect(new Set(hints.map(({ flowNumber }) => flowNumber)).size).toBe(1);
    const [deposited, ...others] = await eventsOf(hints[0]?.flowNumber);
    expect([deposited?.type, others]).toEqual(['FlowDeposited', []]);
  });
});
