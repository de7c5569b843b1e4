import pg from 'pg';
import { createTestDatabase } from './database.js';

describe('createTestDatabase', () => {
  it('gives every caller a database of its own, and removes it while it is in use', async () => {
    const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const client = new pg.Client({ connectionString: first.connectionString });
    const cutOff = new Promise<Error>((resolve) => client.on('error', resolve));
    await client.connect();
    await client.query('create table kept (value int)');
    const other = new pg.Client({ connectionString: second.connectionString });
    await other.connect();
    await expect(other.query('select * from kept')).rejects.toMatchObject({ code: '42P01' });
    await other.end();

    await first.drop();
    expect(await cutOff).toMatchObject({ code: '57P01' });
    await expect(new pg.Client({ connectionString: first.connectionString }).connect()).rejects.toMatchObject({
      code: '3D000',
    });
    await second.drop();
  });
});
