import type { ImportedRow, ImportOutcome } from '#application';
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiProblem, ApiUnreachable } from '../client/api-client.js';
import { sampleDirectoryFile } from '../samples/index.js';
import { readDirectoryFile, type ReadRow } from './directory-import-file.js';
import { readRow } from './directory-import-rows.js';
import { runImport, type ImportTotals } from './directory-import-run.js';

const TOWN = '21330063500017';

describe('readRow', () => {
  it('R02 R11 reads a structure with what it asks', () => {
    expect(readRow({ identifiant: TOWN, nom: 'Valombre', categorie: 'COLLECTIVITE', exige_service: 'oui' }, 2)).toEqual(
      {
        kind: 'structure',
        line: 2,
        identifier: TOWN,
        identifierType: 'SIRET',
        category: 'LOCAL_AUTHORITY',
        name: 'Valombre',
        requirements: { serviceCode: true, commitmentNumber: false, serviceCodeOrCommitmentNumber: false },
        exclusion: undefined,
      },
    );
  });

  it('R11 R17 leaves alone what empty cells do not say', () => {
    const cells = { identifiant: TOWN, nom: 'Valombre', categorie: 'COLLECTIVITE' };
    expect(readRow({ ...cells, exige_service: '' }, 2)).toMatchObject({ requirements: null, exclusion: undefined });
    expect(readRow({ ...cells, exclusion: '-' }, 2)).toMatchObject({ exclusion: null });
    expect(readRow({ ...cells, exclusion: 'GIP' }, 2)).toMatchObject({ exclusion: 'GIP' });
  });

  it('R11 reads a service where there is a service code', () => {
    const cells = {
      identifiant: TOWN,
      nom: 'Achats',
      code_service: 'ACHATS',
      exige_engagement: 'oui',
      service_actif: 'non',
    };
    expect(readRow(cells, 3)).toEqual({
      kind: 'service',
      line: 3,
      structure: TOWN,
      code: 'ACHATS',
      name: 'Achats',
      active: false,
      commitmentNumber: true,
    });
  });

  it.each([
    ['ANN-002', { identifiant: '', nom: 'Valombre', categorie: 'ETAT' }],
    ['ANN-002', { identifiant: TOWN, nom: 'Valombre', categorie: '' }],
    ['ANN-002', { identifiant: TOWN, nom: 'Valombre', categorie: 'constructor' }],
    ['ANN-002', { identifiant: TOWN, nom: 'Valombre', categorie: 'ETAT', exige_service: 'peut-être' }],
    ['ANN-002', { identifiant: TOWN, nom: 'Valombre', categorie: 'ETAT', exclusion: 'x'.repeat(201) }],
    ['ANN-002', { identifiant: TOWN, nom: 'Valombre', categorie: 'ETAT', type_identifiant: 'SIREN' }],
    ['ANN-007', { identifiant: TOWN, nom: 'Mont\u{fffd}lieu', categorie: 'ETAT' }],
  ])('R02 refuses with %s: %j', (code, cells) => {
    const refused = readRow(cells, 7);
    expect(refused).toMatchObject({ line: 7, code, message: expect.stringMatching(/\.$/) as string });
    expect(refused).not.toHaveProperty('kind');
  });
});

describe('readDirectoryFile', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'repons-test-import-'))));
  afterAll(() => rm(folder, { recursive: true }));

  async function rowsOf(content: string | Buffer): Promise<ReadRow['row'][]> {
    const file = join(folder, 'annuaire.csv');
    await writeFile(file, content);
    const rows: ReadRow['row'][] = [];
    for await (const { row } of readDirectoryFile(file)) rows.push(row);
    return rows;
  }
  const HEAD = 'identifiant;nom;categorie\r\n';

  it('reads quoted cells, columns in any order, and says the line of each row', async () => {
    const rows = await rowsOf(`\u{feff}Categorie;NOM;identifiant\r\nETAT;"A ; ""B""";${TOWN}\r\n\r\nETAT;C;${TOWN}`);
    expect(rows.map((row) => ('kind' in row ? [row.line, row.name] : row))).toEqual([
      [2, 'A ; "B"'],
      [4, 'C'],
    ]);
  });

  it('refuses a row that cannot be read, and reads its neighbours', async () => {
    const rows = await rowsOf(`${HEAD}${TOWN};A;ETAT\r\n${TOWN};B\r\n${TOWN};C";ETAT\r\n${TOWN};D;ETAT\r\n`);
    const told = rows.map((row): unknown[] => [row.line, 'kind' in row ? row.name : row.code]);
    expect(told.sort()).toEqual([
      [2, 'A'],
      [3, 'ANN-001'],
      [4, 'ANN-001'],
      [5, 'D'],
    ]);
  });

  it('refuses a row that is not UTF-8', async () => {
    const rows = await rowsOf(Buffer.from(`${HEAD}${TOWN};Montfélieu;ETAT\r\n`, 'latin1'));
    expect(rows).toMatchObject([{ line: 2, code: 'ANN-007' }]);
  });

  it.each(['', 'identifiant\r\n', 'identifiant;nom;ville\r\n', 'identifiant;nom;nom\r\n', 'identifiant,nom\r\n'])(
    'refuses a first line that does not name the columns: %j',
    async (head) => {
      const reading = rowsOf(`${head}${TOWN};A\r\n`);
      await expect(reading).rejects.toThrow(/colonne/);
    },
  );

  it('reads every row of a sample file, the same for the same seed', async () => {
    const options = { seed: 'lecture', rows: 1_000, badShare: 0.1 };
    const content = [...sampleDirectoryFile(options)].join('');
    expect([...sampleDirectoryFile(options)].join('')).toBe(content);
    const rows = await rowsOf(content);
    expect(rows).toHaveLength(1_000);
    expect(rows.every((row) => 'kind' in row)).toBe(true);
  });
});

describe('runImport', () => {
  const row = (line: number, name = 'A'): ImportedRow => ({
    kind: 'service',
    line,
    structure: TOWN,
    code: 'C',
    name,
    active: true,
    commitmentNumber: false,
  });
  async function* given(rows: readonly ReadRow['row'][]): AsyncGenerator<ReadRow> {
    for (const one of rows) yield await Promise.resolve({ row: one, bytesRead: 0 });
  }
  const created = (rows: readonly ImportedRow[]): ImportOutcome => ({
    created: rows.length,
    changed: 0,
    unchanged: 0,
    refused: [],
  });
  const quiet = { refuse: () => Promise.resolve(), progress: () => undefined };

  it('sends every row once, in order, in batches that a request takes', async () => {
    const text = fc.string({ maxLength: 900, unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 1_500, size: 'max' }), async (names) => {
        const rows = names.map((name, index) => row(index + 2, name));
        const batches: (readonly ImportedRow[])[] = [];
        const send = (batch: readonly ImportedRow[]): Promise<ImportOutcome> => {
          batches.push(batch);
          return Promise.resolve(created(batch));
        };
        expect(await runImport(given(rows), { ...quiet, send })).toMatchObject({
          rows: rows.length,
          created: rows.length,
        });
        expect(batches.flat()).toEqual(rows);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(500);
          expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThanOrEqual(200_100);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('sends a batch again while the platform does not answer', async () => {
    const failures: Error[] = [
      new ApiUnreachable('away'),
      new ApiProblem({ status: 503, code: 'SRV-503', detail: '' }),
      new ApiProblem({ status: 409, code: 'SRV-409', detail: '' }),
    ];
    const send = (batch: readonly ImportedRow[]): Promise<ImportOutcome> =>
      failures.length > 0 ? Promise.reject(failures.shift() ?? new Error()) : Promise.resolve(created(batch));
    expect(await runImport(given([row(2)]), { ...quiet, send }, 1)).toMatchObject({ created: 1 });
    expect(failures).toEqual([]);
  });

  it('gives up at once on an answer that will not change', async () => {
    let calls = 0;
    const send = (): Promise<ImportOutcome> => {
      calls += 1;
      return Promise.reject(new ApiProblem({ status: 403, code: 'AUTH-002', detail: 'Non.' }));
    };
    await expect(runImport(given([row(2)]), { ...quiet, send }, 1)).rejects.toMatchObject({ name: 'ApiProblem' });
    expect(calls).toBe(1);
  });

  it('tells the refused rows of the file and of the platform, in the order of the file', async () => {
    const unreadable = { line: 3, identifier: '', code: 'ANN-001', message: 'Illisible.' };
    const refused = [2, 4].map((line) => ({ line, identifier: TOWN, code: 'STR-003', message: 'Non.' }));
    const told: number[] = [];
    const totals: ImportTotals = await runImport(given([row(2), unreadable, row(4), row(5)]), {
      send: () => Promise.resolve({ created: 1, changed: 0, unchanged: 0, refused }),
      refuse: (rows) => Promise.resolve(void told.push(...rows.map(({ line }) => line))),
      progress: () => undefined,
    });
    expect(told).toEqual([2, 3, 4]);
    expect(totals).toEqual({ rows: 4, created: 1, changed: 0, unchanged: 0, refused: 3 });
  });
});
