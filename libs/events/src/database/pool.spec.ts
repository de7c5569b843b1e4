import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { openPool } from './pool.js';
import { inTransaction } from './transaction.js';

/** `ReadyForQuery`, outside a transaction: the end of a session's beginning (PostgreSQL, 54.7). */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** `ErrorResponse`: the server ends this session. */
function farewell(): Buffer {
  const fields = Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + fields.length, 1);
  return Buffer.concat([head, fields]);
}

describe('a pool', () => {
  let database: TestDatabase;
  let between: Server;
  const sockets: Socket[] = [];
  let sessions = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    const { hostname, port } = new URL(database.connectionString);
    // Stands before the server and cuts the first session in the very message that says that it has begun.
    between = createServer((client) => {
      const isCut = (sessions += 1) === 1;
      const server = connect(Number(port), hostname);
      sockets.push(client, server);
      client.pipe(server);
      server.on('data', (data) => {
        if (!isCut || !data.subarray(-READY.length).equals(READY)) return void client.write(data);
        client.end(Buffer.concat([data, farewell()]));
        server.destroy();
      });
      for (const socket of [client, server]) socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => between.close(resolve));
    await database.drop();
  });

  it('lets no process end by a session that is cut as it begins, and opens another', async () => {
    const url = new URL(database.connectionString);
    url.host = `127.0.0.1:${String((between.address() as AddressInfo).port)}`;
    const pool = openPool({ connectionString: url.href, poolSize: 1 });
    try {
      const one = () => inTransaction(pool, async (tx) => (await tx.query<{ n: number }>('SELECT 1 AS n')).rows[0]?.n);
      await expect(one()).rejects.toMatchObject({ name: 'TransientFailure' });
      expect(await one()).toBe(1);
      expect(sessions).toBe(2);
    } finally {
      await pool.end();
    }
  });
});
