import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What a proxy has done so far: a fault test proves with it that the fault happened. */
export interface TcpProxyCounts {
  /** connections accepted and passed on */
  readonly connections: number;
  /** connections closed at once because the proxy refused them */
  readonly refused: number;
  /** established connections broken by {@link TcpProxy.cut} or {@link TcpProxy.cutAfter} */
  readonly cut: number;
  /** times {@link TcpProxy.stall} was applied to an established connection */
  readonly stalled: number;
  /** times {@link TcpProxy.halfOpen} was applied to an established connection */
  readonly halfOpened: number;
  /** bytes passed from the client to the server */
  readonly bytesToServer: number;
  /** bytes passed from the server to the client */
  readonly bytesToClient: number;
}

/** A TCP proxy between a program and a server, which breaks the network the way networks break. */
export interface TcpProxy {
  readonly port: number;
  readonly counts: TcpProxyCounts;
  /** Number of connections established at this moment. */
  readonly open: number;
  /** Resets (RST) every established connection; new ones are accepted. */
  cut(): void;
  /** Resets the connection that passes this many further bytes to the client, at the next whole chunk. Once. */
  cutAfter(bytesToClient: number): void;
  /** Closes every new connection at once, as a server that is down, until {@link resume}. */
  refuse(): void;
  /** Holds all bytes of both directions, connections staying open, until {@link resume}. New connections are held too. */
  stall(): void;
  /**
   * Drops all bytes of both directions for good on the established connections, which stay open on both sides: each peer
   * believes in the other, as after a firewall forgot the connection. New connections work.
   */
  halfOpen(): void;
  /** Ends {@link refuse} and {@link stall}. */
  resume(): void;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  isSilent: boolean;
}

/**
 * Starts a proxy on a free port of the loopback address.
 *
 * @param target - port of the server, and its host when it is not 127.0.0.1
 */
export async function startTcpProxy(target: { readonly port: number; readonly host?: string }): Promise<TcpProxy> {
  const links = new Set<Link>();
  const counts = {
    connections: 0,
    refused: 0,
    cut: 0,
    stalled: 0,
    halfOpened: 0,
    bytesToServer: 0,
    bytesToClient: 0,
  };
  let mode: 'pass' | 'refuse' | 'stall' = 'pass';
  let cutAt = Infinity;

  const breakLink = (link: Link): void => {
    if (!links.delete(link)) return;
    counts.cut += 1;
    link.client.resetAndDestroy();
    link.server.resetAndDestroy();
  };
  const pause = (link: Link): void => {
    link.client.pause();
    link.server.pause();
    counts.stalled += 1;
  };
  const pass = (link: Link, from: Socket, to: Socket, direction: 'bytesToServer' | 'bytesToClient'): void => {
    from.on('data', (chunk: Buffer) => {
      if (link.isSilent) return;
      counts[direction] += chunk.length;
      if (!to.write(chunk)) from.pause();
      if (counts.bytesToClient < cutAt) return;
      cutAt = Infinity;
      breakLink(link);
    });
    to.on('drain', () => {
      if (mode !== 'stall') from.resume();
    });
    from.on('end', () => {
      if (!link.isSilent) to.end();
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      if (link.isSilent || !links.delete(link)) return;
      to.destroy();
    });
  };

  const listener = createServer({ allowHalfOpen: true }, (client) => {
    if (mode === 'refuse') {
      counts.refused += 1;
      client.on('error', () => undefined);
      client.resetAndDestroy();
      return;
    }
    counts.connections += 1;
    const server = connect({ host: target.host ?? '127.0.0.1', port: target.port, allowHalfOpen: true, noDelay: true });
    const link: Link = { client: client.setNoDelay(true), server, isSilent: false };
    links.add(link);
    pass(link, client, server, 'bytesToServer');
    pass(link, server, client, 'bytesToClient');
    if (mode === 'stall') pause(link);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');

  return {
    port: (listener.address() as AddressInfo).port,
    counts,
    get open() {
      return links.size;
    },
    cut: () => [...links].forEach(breakLink),
    cutAfter: (bytesToClient) => void (cutAt = counts.bytesToClient + bytesToClient),
    refuse: () => void (mode = 'refuse'),
    stall() {
      mode = 'stall';
      links.forEach(pause);
    },
    halfOpen() {
      for (const link of links) {
        if (link.isSilent) continue;
        link.isSilent = true;
        counts.halfOpened += 1;
      }
    },
    resume() {
      mode = 'pass';
      for (const { client, server } of links) {
        client.resume();
        server.resume();
      }
    },
    async close() {
      const closed = once(listener, 'close');
      listener.close();
      for (const { client, server } of links) {
        client.destroy();
        server.destroy();
      }
      links.clear();
      await closed;
    },
  };
}
