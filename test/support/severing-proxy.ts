import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A TCP proxy before a PostgreSQL server that cuts a connection once, at a message holding a given text: right after it has
 * forwarded it, so that the server gets it and its answer never comes back; or before, so that the server never gets it.
 */
export class SeveringProxy {
  /** How many connections were cut. */
  cuts = 0;
  private trigger: { readonly text: string; readonly isForwarded: boolean } | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** Where to connect instead of the server. */
    readonly connectionString: string,
  ) {}

  /** Starts before the server of a connection string. */
  static async before(connectionString: string): Promise<SeveringProxy> {
    const target = new URL(connectionString);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    const through = new URL(connectionString);
    through.hostname = '127.0.0.1';
    through.port = String(address.port);
    const proxy = new SeveringProxy(server, through.toString());
    server.on('connection', (client) => proxy.join(client, connect(Number(target.port), target.hostname)));
    return proxy;
  }

  /** From now on, cuts the first connection on which this text passes to the server. */
  cutAfter(text: string): void {
    this.trigger = { text, isForwarded: true };
  }

  /** From now on, cuts the first connection on which this text would pass to the server. */
  cutBefore(text: string): void {
    this.trigger = { text, isForwarded: false };
  }

  /** Ends every connection and stops. */
  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket, server: Socket): void {
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    }
    client.on('data', (bytes) => {
      const { trigger } = this;
      if (trigger === undefined || !bytes.includes(trigger.text)) return void server.write(bytes);
      this.trigger = undefined;
      const cut = (): void => {
        this.cuts += 1;
        client.destroy();
        // The server keeps the bytes that it was sent, and answers to nobody.
        server.end();
      };
      if (trigger.isForwarded) server.write(bytes, cut);
      else cut();
    });
    server.on('data', (bytes) => client.writable && client.write(bytes));
    client.on('end', () => server.end());
    server.on('end', () => client.end());
  }
}
