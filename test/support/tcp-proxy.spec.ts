import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

describe('startTcpProxy', () => {
  let echo: Server;
  let proxy: TcpProxy;
  const clients: Socket[] = [];

  beforeEach(async () => {
    echo = createServer((socket) => void socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await startTcpProxy({ port: (echo.address() as AddressInfo).port });
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await proxy.close();
    echo.close();
  });

  async function open(): Promise<Socket> {
    const client = connect({ host: '127.0.0.1', port: proxy.port });
    clients.push(client);
    client.on('error', () => undefined);
    await once(client, 'connect');
    return client;
  }

  /** Not `once`, which fails on the error that a reset connection gives before it closes. */
  function closing(client: Socket): Promise<void> {
    return new Promise((resolve) => client.once('close', () => resolve()));
  }

  async function exchange(client: Socket, text: string): Promise<string> {
    client.write(text);
    const [answer] = (await once(client, 'data')) as [Buffer];
    return answer.toString();
  }

  /** Whether anything arrives within the time. */
  async function isSilent(client: Socket): Promise<boolean> {
    const heard = once(client, 'data').then(() => false);
    return Promise.race([heard, pause(150, true)]);
  }

  it('passes bytes both ways and counts them', async () => {
    expect(await exchange(await open(), 'facture')).toBe('facture');
    expect(proxy.counts).toMatchObject({ connections: 1, bytesToServer: 7, bytesToClient: 7, cut: 0 });
  });

  it('cuts the established connections and accepts new ones', async () => {
    const client = await open();
    await exchange(client, 'a');
    const broken = closing(client);
    proxy.cut();
    await broken;
    expect(proxy.counts.cut).toBe(1);
    expect(await exchange(await open(), 'b')).toBe('b');
  });

  it('cuts once after a number of bytes', async () => {
    const client = await open();
    proxy.cutAfter(10);
    expect(await exchange(client, '12345')).toBe('12345');
    const broken = closing(client);
    client.write('67890');
    await broken;
    expect(proxy.counts).toMatchObject({ cut: 1, bytesToClient: 10 });
    expect(await exchange(await open(), 'x'.repeat(20))).toHaveLength(20);
  });

  it('refuses new connections until it resumes', async () => {
    proxy.refuse();
    const client = connect({ host: '127.0.0.1', port: proxy.port }).on('error', () => undefined);
    clients.push(client);
    await closing(client);
    expect(proxy.counts).toMatchObject({ refused: 1, connections: 0 });
    proxy.resume();
    expect(await exchange(await open(), 'a')).toBe('a');
  });

  it('stalls, loses nothing, and resumes', async () => {
    const client = await open();
    await exchange(client, 'a');
    proxy.stall();
    client.write('retenu');
    expect(await isSilent(client)).toBe(true);
    const answer = once(client, 'data') as Promise<[Buffer]>;
    proxy.resume();
    expect((await answer)[0].toString()).toBe('retenu');
    expect(proxy.counts).toMatchObject({ stalled: 1, cut: 0 });
  });

  it('leaves a connection open and dumb for good, and serves new ones', async () => {
    const client = await open();
    await exchange(client, 'a');
    proxy.halfOpen();
    client.write('perdu');
    expect(await isSilent(client)).toBe(true);
    expect(client.destroyed).toBe(false);
    expect(proxy.counts).toMatchObject({ halfOpened: 1, cut: 0, bytesToServer: 1 });
    expect(await exchange(await open(), 'b')).toBe('b');
  });
});
