import { OBJECTS } from '#application';
import type { ObjectStore } from '#persistence';
import { createHash, randomUUID } from 'node:crypto';
import { EICAR, startClamd, type TestClamd } from '../../../../test/support/clamd.js';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { signedInPerson } from '../testing/people.js';
import { haveUploaded, uploadedFiles } from './uploaded-files.js';

describe('uploading files', () => {
  let api: OwnApi;
  let clamd: TestClamd;
  let person: { readonly account: string; readonly token: string };

  beforeAll(async () => {
    clamd = await startClamd();
    api = await startOwnApi({ VIRUS_SCANNER: clamd.url, VIRUS_SCANNER_PATIENCE_MS: '2000' });
    person = await signedInPerson(api);
  });
  afterAll(async () => {
    delete process.env['VIRUS_SCANNER'];
    await api.close();
    await clamd.goAway();
  });

  async function upload(name: string, bytes: Uint8Array | string, { token = person.token, type = OCTETS } = {}) {
    const response = await fetch(`${api.url}/api/files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: Buffer.from(bytes as string),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('R24 keeps a file and tells its digest, its size and the type that its bytes show', async () => {
    const bytes = `%PDF-1.7 ${randomUUID()}`;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = { name: 'Reçu n° 3.PDF', type: 'application/pdf', size: bytes.length, sha256 };
    expect(await upload(file.name, bytes)).toEqual({ status: 201, body: file });
    expect((await upload('feuille.xlsx', 'PK\x03\x04...')).body).toMatchObject({ type: 'application/zip' });
    expect((await upload('note.pdf', 'bonjour')).body).toMatchObject({ type: 'text/plain' });

    const caller = { kind: 'person', account: person.account } as const;
    expect(await uploadedFiles(api.store, caller, [{ ...file, name: 'autre.pdf' }])).toEqual([
      { ...file, name: 'autre.pdf' },
    ]);
    // Whoever knows the digest of another's file must not read it by naming it.
    expect(await haveUploaded(api.store, { kind: 'operator' }, [file])).toBe(false);
    expect(await haveUploaded(api.store, caller, [file, { ...file, size: file.size + 1 }])).toBe(false);
    expect(await haveUploaded(api.store, caller, [])).toBe(true);
  });

  it('R24 refuses an infected file by the name of its virus, and keeps nothing of it', async () => {
    const bytes = Buffer.from(`${randomUUID()} ${EICAR}`);
    const { status, body } = await upload('piege.txt', bytes);
    expect([status, body['code'], body['signature']]).toEqual([422, 'FIC-006', 'Eicar-Signature']);
    expect(clamd.streams.at(-1)?.equals(bytes)).toBe(true);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await api.app.get<ObjectStore>(OBJECTS).stat(sha256)).toBeNull();
    const caller = { kind: 'person', account: person.account } as const;
    expect(await haveUploaded(api.store, caller, [{ name: 'piege.txt', sha256, size: bytes.length }])).toBe(false);
  });

  it.each(['away', 'closing', 'limited'] as const)('R24 takes nothing while the scanner is %s', async (how) => {
    if (how === 'away') await clamd.goAway();
    else Object.assign(clamd, { manner: how });
    const refused = await upload('a.txt', randomUUID());
    if (how === 'away') await clamd.comeBack();
    Object.assign(clamd, { manner: 'scanning' });
    expect(refused).toMatchObject({ status: 503, body: { code: 'FIC-503' } });
    expect(refused.body['detail']).toContain('Réessayez');
    expect((await upload('a.txt', randomUUID())).status).toBe(201);
  });

  it.each(['operator', 'own'] as const)('R24 takes files of machines and operators too (%s)', async (key) => {
    expect((await upload('a.txt', key, { token: api.keys[key] })).status).toBe(201);
  });

  it('R24 takes files of 10 MB to the byte, with a name of 50 characters', async () => {
    const most = Buffer.alloc(10 * 1024 ** 2, 1);
    expect((await upload(`${'é'.repeat(46)}.pdf`, most)).status).toBe(201);
    const larger = await upload('a.pdf', Buffer.concat([most, Buffer.of(1)]));
    expect(larger).toMatchObject({ status: 413, body: { code: 'FIC-004' } });
    expect(larger.body['detail']).toContain('10485760 octets');
  });

  it.each([
    ['', 'FIC-001', 'Donnez le nom'],
    [`${'n'.repeat(47)}.pdf`, 'FIC-001', '51 caractères, pour 50 au plus'],
    ['../a.pdf', 'FIC-002', '../a.pdf'],
    ['a\nb.pdf', 'FIC-002', 'caractères interdits'],
    ['a\u202efdp.exe', 'FIC-002', 'caractères interdits'],
    ['sans-extension', 'FIC-003', 'n’a pas d’extension'],
    ['.pdf', 'FIC-003', 'n’a pas d’extension'],
    ['programme.exe', 'FIC-003', '« exe »'],
  ])('R24 refuses the name %j with %s', async (name, code, words) => {
    const { status, body } = await upload(name, 'x');
    expect([status, body['code']]).toEqual([422, code]);
    expect(body['detail']).toContain(words);
  });

  it('R24 refuses an empty file, and what is not sent as bytes', async () => {
    expect(await upload('vide.pdf', '')).toMatchObject({ status: 422, body: { code: 'FIC-005' } });
    expect(await upload('a.pdf', '{}', { type: 'application/json' })).toMatchObject({
      status: 415,
      body: { code: 'FIC-415' },
    });
    expect((await upload('a.pdf', 'x', { token: 'y'.repeat(43) })).status).toBe(401);
  });
});

const OCTETS = 'application/octet-stream';
