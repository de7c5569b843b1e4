import request from 'supertest';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { ROWS_AT_ONCE } from './rows-to-import.js';

const requirements = { serviceCode: true, commitmentNumber: false, serviceCodeOrCommitmentNumber: false };
const town = (line: number, identifier: string) => ({
  line,
  identifier,
  structure: { identifierType: 'SIRET', category: 'LOCAL_AUTHORITY', name: 'Commune de Valombre', requirements },
});
const service = (line: number, identifier: string) => ({
  line,
  identifier,
  service: { code: 'COMPTA', name: 'Comptabilité', active: true, commitmentNumber: false },
});

describe('POST /api/directory/import', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi();
  });
  afterAll(() => api.close());

  const importRows = (body: object, key = api.keys.operator) =>
    request(api.url).post('/api/directory/import').set('authorization', `Bearer ${key}`).send(body);

  it('R02 R11 imports rows, tells the refused ones, and does nothing the second time', async () => {
    const rows = [town(2, '21330063500017'), service(3, '21330063500017'), town(4, '21330063500018')];
    const refused = [
      { line: 4, identifier: '21330063500018', code: 'STR-002', message: expect.stringMatching(/\.$/) as string },
    ];
    const first = await importRows({ rows });
    expect(first.status).toBe(200);
    expect(first.body).toEqual({ created: 2, changed: 0, unchanged: 0, refused });
    await api.project();
    expect((await importRows({ rows })).body).toEqual({ created: 0, changed: 0, unchanged: 2, refused });
  });

  it.each([
    ['nothing', {}],
    ['a row that describes nothing', { rows: [{ line: 2, identifier: '21330063500017' }] }],
    [
      'an unknown category',
      { rows: [{ ...town(2, 'X'), structure: { ...town(2, 'X').structure, category: 'CITY' } }] },
    ],
    ['too many rows', { rows: Array.from({ length: ROWS_AT_ONCE + 1 }, (_, index) => service(index + 1, 'X')) }],
  ])('refuses %s', async (_, body) => {
    const answer = await importRows(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'SRV-400' });
  });

  it('R09 is for operators alone', async () => {
    expect((await importRows({ rows: [] }, api.keys.own)).status).toBe(403);
    expect((await importRows({ rows: [] }, 'rep_unknown_unknown_unknown')).status).toBe(401);
    expect((await importRows({ rows: [] })).body).toMatchObject({ created: 0 });
  });
});
