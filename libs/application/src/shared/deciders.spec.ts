import { accept, refuse, type Aggregate, type Decision, type Event } from '#domain';
import { ConcurrencyConflict, type AppendContext, type EventStore } from '#events';
import { randomUUID } from 'node:crypto';
import { collected, openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { CommandRefused, Deciders } from './deciders.js';

type Counted = Event<'Counted', { by: number }> | Event<'Noted', { text: string }>;
const counter: Aggregate<number, Counted> = {
  initial: 0,
  evolve: (sum, event) => (event.type === 'Counted' ? sum + event.data.by : sum),
};
const count = (by: number): Counted => ({ type: 'Counted', data: { by } });
const context = (): AppendContext => ({ commandId: randomUUID(), correlationId: 'test', actor: 'test' });

describe('Deciders', () => {
  let own: OwnStore;
  let store: EventStore;
  let deciders: Deciders;
  let stream: string;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
    deciders = new Deciders(store);
  });

  afterAll(() => own.close());

  beforeEach(() => (stream = `counter-${randomUUID()}`));

  const inTheLog = async (): Promise<unknown[]> =>
    (await collected(store.readStream(stream))).map(({ type, data }) => ({ type, data }));

  it('R46 decides on the state that the events of the stream make, and records what was decided', async () => {
    expect(await deciders.decide(counter, stream, context(), (sum) => accept(count(sum + 1)))).toEqual([count(1)]);
    expect(await deciders.decide(counter, stream, context(), (sum) => accept(count(sum + 1), count(5)))).toEqual([
      count(2),
      count(5),
    ]);
    expect(await inTheLog()).toEqual([count(1), count(2), count(5)]);
    expect(await deciders.load(counter, stream)).toEqual({ state: 8, version: 3 });
  });

  it('R46 gives the initial state of a stream that does not exist', async () => {
    expect(await deciders.load(counter, stream)).toEqual({ state: 0, version: 0 });
  });

  it('R43 throws the refusal with its code and its sentence, and records nothing', async () => {
    const refusal = deciders.decide(counter, stream, context(), () => refuse('CNT-001', 'Cela suffit.'));
    await expect(refusal).rejects.toThrow(new CommandRefused('CNT-001', 'Cela suffit.'));
    await expect(refusal).rejects.toMatchObject({ code: 'CNT-001' });
    expect(await inTheLog()).toEqual([]);
  });

  it('R46 records nothing for a command that asks for what is already so', async () => {
    expect(await deciders.decide(counter, stream, context(), () => accept())).toEqual([]);
    expect(await inTheLog()).toEqual([]);
  });

  it('R46 decides again, on the new state, when another writer was first', async () => {
    const seen: number[] = [];
    const events = await deciders.decide(counter, stream, context(), (sum) => {
      seen.push(sum);
      return accept(count(100));
    });
    expect(seen).toEqual([0]);
    expect(events).toEqual([count(100)]);

    const raced = racing(2, (sum) => {
      seen.push(sum);
      return accept(count(1));
    });
    await raced;
    expect(seen).toEqual([0, 100, 110, 120]); // lost twice, to +10 each time
    expect(await deciders.load(counter, stream)).toEqual({ state: 121, version: 4 });
  });

  it('R46 may be refused by what the winner did', async () => {
    const refused = racing(1, (sum) => (sum > 0 ? refuse('CNT-001', 'Trop tard.') : accept(count(1))));
    await expect(refused).rejects.toMatchObject({ code: 'CNT-001' });
    expect(await inTheLog()).toEqual([count(10)]);
  });

  it('R46 gives up after five lost races, with nothing of its own in the log', async () => {
    await expect(racing(99, () => accept(count(1)))).rejects.toThrow(ConcurrencyConflict);
    expect(await inTheLog()).toEqual(Array.from({ length: 5 }, () => count(10)));
  });

  it('R46 loses no command of many that come at once', async () => {
    await Promise.all(
      Array.from({ length: 4 }, () => deciders.decide(counter, stream, context(), () => accept(count(1)))),
    );
    expect(await deciders.load(counter, stream)).toEqual({ state: 4, version: 4 });
  });

  it('R42 does not fetch the events that say nothing of the state, and still knows the version', async () => {
    const noted: Counted = { type: 'Noted', data: { text: 'x' } };
    await store.append(stream, 'none', [count(1), noted, noted], context());
    const evolved: string[] = [];
    const quiet: Aggregate<number, Counted> = {
      initial: 0,
      evolve: (sum, event) => {
        evolved.push(event.type);
        return counter.evolve(sum, event);
      },
      ignoredTypes: ['Noted'],
    };
    expect(await deciders.load(quiet, stream)).toEqual({ state: 1, version: 3 });
    expect(evolved).toEqual(['Counted']);
    await deciders.decide(quiet, stream, context(), () => accept(count(1)));
    expect(await deciders.load(quiet, stream)).toEqual({ state: 2, version: 4 });
  });

  /** Decides while another writer appends +10 between the load and the append, so many times. */
  async function racing(races: number, decision: (sum: number) => Decision<Counted>): Promise<readonly Counted[]> {
    let left = races;
    const rival: Pick<EventStore, 'append' | 'readStream' | 'streamVersions'> = {
      readStream: (name, options) => store.readStream(name, options),
      streamVersions: (names, options) => store.streamVersions(names, options),
      append: async (name, expected, events, of) => {
        left -= 1;
        if (left >= 0) await store.append(name, 'any', [count(10)], context());
        return store.append(name, expected, events, of);
      },
    };
    return new Deciders(rival as EventStore).decide(counter, stream, context(), decision);
  }
});
