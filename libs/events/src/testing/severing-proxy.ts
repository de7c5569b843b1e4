import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A TCP proxy before a PostgreSQL server that cuts a connection once, right after it has forwarded a message holding a
 * given text: the server gets it, its answer never comes back.
 */
export class SeveringProxy {
  /** How many connections were cut. */
  cuts = 0;
  private trigger: string | undefined;
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
    this.trigger = text;
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
      const isTrigger = this.trigger !== undefined && bytes.includes(this.trigger);
      server.write(bytes, () => {
        if (!isTrigger || this.trigger === undefined) return;
        this.trigger = undefined;
        this.cuts += 1;
        client.destroy();
        // The server keeps the bytes that it was sent, and answers to nobody.
        server.end();
      });
    });
    server.on('data', (bytes) => client.writable && client.write(bytes));
    client.on('end', () => server.end());
    server.on('end', () => client.end());
  }
}
