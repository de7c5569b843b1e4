import { Decisions } from '#application';
import { accept, accountStream, membershipStream, structureStream, type MembershipEvent } from '#domain';
import { PersonalDataVault } from '#persistence';
import { randomUUID } from 'node:crypto';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { ask, uploadedFile, type Answer } from '../testing/ask.js';
import { signedInPerson, type SignedInPerson } from '../testing/people.js';

const TOWN = '21690123100011';
const COMPANY = '13002526500013';
const EMPTY = '21690123100029';
const ABOUT = { category: 'STRUCTURES_AND_USERS', subcategory: 'USER_RIGHTS' };

describe('support requests', () => {
  let api: OwnApi;
  /** Manager of the town; a user of the company; somebody who waits for attachment to it; nobody's. */
  let manager: SignedInPerson;
  let user: SignedInPerson;
  let waiting: SignedInPerson;
  let stranger: SignedInPerson;
  let support: { readonly token: string };

  beforeAll(async () => {
    api = await startOwnApi();
    support = { token: api.keys.operator };
    const people = [];
    for (const firstName of ['Manon', 'Ursule', 'Walter', 'Serge'])
      people.push(await signedInPerson(api, { firstName }));
    [manager, user, waiting, stranger] = people as [SignedInPerson, SignedInPerson, SignedInPerson, SignedInPerson];
    await structure(TOWN, manager.account);
    await structure(COMPANY, manager.account);
    await structure(EMPTY, null);
    await membership(COMPANY, user, 'UserAttached');
    await membership(COMPANY, waiting, 'AttachmentRequested');
    await api.project();
  });

  afterAll(() => api.close());

  async function structure(identifier: string, primaryManager: string | null): Promise<void> {
    await api.app.get(Decisions).decide({ kind: 'operator' }, async (session) => {
      const data = { identifier, name: `Structure ${identifier}`, publicEntity: true, primaryManager };
      await session.record(structureStream(identifier), accept({ type: 'StructureRegistered', data }));
    });
    if (primaryManager !== null) await membership(identifier, { account: primaryManager }, 'UserAttached');
  }
  async function membership(
    identifier: string,
    { account }: { readonly account: string },
    type: 'UserAttached' | 'AttachmentRequested' | 'AuthorisationDeleted',
  ): Promise<void> {
    const key = { structure: identifier, account };
    const event = { type, data: type === 'AttachmentRequested' ? key : { ...key, by: 'operator' } } as MembershipEvent;
    await api.app
      .get(Decisions)
      .decide({ kind: 'operator' }, (session) => session.record(membershipStream(key), accept(event)));
  }

  async function call(who: { readonly token: string }, method: string, path: string, body?: object): Promise<Answer> {
    const answer = await ask(api, who.token, method, `/api/support-requests${path}`, body);
    await api.project();
    return answer;
  }
  const upload = (who: { readonly token: string }, name: string, bytes: Buffer) =>
    uploadedFile(api, who.token, name, bytes);
  const wanted = (rest: object = {}): object => ({
    structure: COMPANY,
    ...ABOUT,
    subject: 'Départ du gestionnaire',
    text: 'Il est parti.',
    ...rest,
  });
  async function created(who: SignedInPerson, rest: object = {}): Promise<string> {
    const { status, body } = await call(who, 'POST', '', wanted(rest));
    expect(status).toBe(201);
    return String(body['request']);
  }

  it('R07 R18 takes a request to support with its certificate, which both sides can read and nobody else', async () => {
    const bytes = Buffer.from(`certificat ${randomUUID()}`);
    const { sha256 } = await upload(user, 'certificat signé.pdf', bytes);
    const file = { name: 'certificat signé.pdf', sha256, size: bytes.length };
    const request = await created(user, { files: [{ ...file, administrativeCertificate: true }] });
    const thread = await call(user, 'GET', `/${request}`);
    expect(thread).toMatchObject({
      status: 200,
      body: {
        status: 'open',
        category: { code: 'STRUCTURES_AND_USERS', label: 'Gestion des structures et utilisateurs' },
        subcategory: { label: 'Modification des droits des utilisateurs' },
        recipientStructure: null,
        author: { account: user.account, name: 'Ursule Martin' },
        messages: [{ rank: 1, text: 'Il est parti.', files: [{ ...file, administrativeCertificate: true }] }],
      },
    });
    expect((await call(support, 'GET', `/${request}`)).body).toEqual(thread.body);
    const path = `${api.url}/api/support-requests/${request}/files/${file.sha256}`;
    for (const { token } of [user, support]) {
      const answer = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
      expect(answer.headers.get('content-disposition')).toBe(
        `attachment; filename="certificat sign_.pdf"; filename*=UTF-8''certificat%20sign%C3%A9.pdf`,
      );
      expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    }
    for (const who of [stranger, waiting, manager]) {
      expect(await call(who, 'GET', `/${request}`)).toMatchObject({ status: 404, body: { code: 'SOL-404' } });
      expect((await fetch(path, { headers: { authorization: `Bearer ${who.token}` } })).status).toBe(404);
      expect(await call(who, 'POST', `/${request}/answer`, { text: 'Moi' })).toMatchObject({ status: 404 });
      expect(await call(who, 'POST', `/${request}/assign`, {})).toMatchObject({ status: 404 });
      expect(await call(who, 'POST', `/${request}/close`, { outcome: 'done' })).toMatchObject({ status: 404 });
    }
  });

  it('R18 follows a request to a structure: taken up, answered, completed, closed, and then nothing more', async () => {
    const request = await created(user, { recipientStructure: TOWN, category: 'INVOICES', subcategory: 'PAYMENT' });
    const status = async (): Promise<unknown> => (await call(user, 'GET', `/${request}`)).body['status'];
    expect(await call(manager, 'POST', `/${request}/assign`, {})).toMatchObject({ status: 204 });
    expect(await status()).toBe('assigned');
    expect(await call(manager, 'POST', `/${request}/answer`, { text: 'Bientôt.' })).toMatchObject({ status: 204 });
    expect(await status()).toBe('answered');
    expect(await call(user, 'POST', `/${request}/answer`, { text: 'Merci.' })).toMatchObject({ status: 204 });
    expect(await status()).toBe('assigned');
    expect(await call(user, 'POST', `/${request}/close`, { outcome: 'done' })).toMatchObject({
      status: 409,
      body: { code: 'SOL-006' },
    });
    expect(await call(manager, 'POST', `/${request}/close`, { outcome: 'done' })).toMatchObject({ status: 204 });
    const { body } = await call(user, 'GET', `/${request}`);
    expect(body).toMatchObject({ status: 'closed', outcome: 'done', assignee: { name: 'Manon Martin' } });
    expect((body['messages'] as { text: string }[]).map(({ text }) => text)).toEqual([
      'Il est parti.',
      'Bientôt.',
      'Merci.',
    ]);
    for (const [who, action, content] of [
      [user, 'answer', { text: 'Encore' }],
      [manager, 'assign', {}],
      [user, 'close', { outcome: 'withdrawn' }],
    ] as const)
      expect(await call(who, 'POST', `/${request}/${action}`, content)).toMatchObject({
        status: 409,
        body: { code: 'SOL-005' },
      });
  });

  it('R18 assigns a request to those who may treat it, and to nobody else (SOL-007)', async () => {
    const request = await created(user, { recipientStructure: TOWN });
    for (const assignee of [stranger.account, user.account])
      expect(await call(manager, 'POST', `/${request}/assign`, { assignee })).toMatchObject({
        status: 409,
        body: { code: 'SOL-007' },
      });
    expect(await call(support, 'POST', `/${request}/assign`, { assignee: manager.account })).toMatchObject({
      status: 204,
    });
    expect((await call(user, 'GET', `/${request}`)).body).toMatchObject({ assignee: { account: manager.account } });
  });

  it.each([
    ['another’s structure', { structure: EMPTY }, 404, 'STR-404'],
    ['a structure that is not there', { structure: '99999999999999' }, 404, 'STR-404'],
    ['a category that is not there', { category: 'NOTHING' }, 409, 'SOL-001'],
    ['a recipient that nobody manages', { recipientStructure: EMPTY }, 409, 'SOL-002'],
    ['a recipient that is not there', { recipientStructure: '99999999999999' }, 409, 'SOL-002'],
    ['a text that is empty', { text: '' }, 400, 'SRV-400'],
    ['a member too many', { author: 'me' }, 400, 'SRV-400'],
    ['a file with a path', { files: [{ name: '../a.pdf', sha256: 'a'.repeat(64), size: 1 }] }, 400, 'SRV-400'],
    ['a file too large', { files: [{ name: 'a.pdf', sha256: 'a'.repeat(64), size: 10_485_761 }] }, 400, 'SRV-400'],
    ['a file that nobody uploaded', { files: [{ name: 'a.pdf', sha256: 'a'.repeat(64), size: 1 }] }, 409, 'SOL-003'],
  ])('R18 R24 refuses a request with %s', async (_, rest, status, code) => {
    expect(await call(user, 'POST', '', wanted(rest))).toMatchObject({ status, body: { code } });
  });

  it('R18 refuses a file that somebody else uploaded (SOL-003): its digest opens nothing', async () => {
    const file = await upload(manager, 'secret.pdf', Buffer.from('secret'));
    expect(await call(user, 'POST', '', wanted({ files: [file] }))).toMatchObject({
      status: 409,
      body: { code: 'SOL-003' },
    });
  });

  it('R07 lets somebody who waits for attachment ask support, and not a structure', async () => {
    const request = await created(waiting);
    expect((await call(waiting, 'GET', `/${request}`)).status).toBe(200);
    expect(await call(waiting, 'POST', '', wanted({ recipientStructure: TOWN }))).toMatchObject({ status: 404 });
  });

  it('R18 shows a request to a structure no more to an author who has left', async () => {
    const leaver = await signedInPerson(api);
    await membership(COMPANY, leaver, 'UserAttached');
    const [toTown, toSupport] = [await created(leaver, { recipientStructure: TOWN }), await created(leaver)];
    await membership(COMPANY, leaver, 'AuthorisationDeleted');
    expect((await call(leaver, 'GET', `/${toTown}`)).status).toBe(404);
    expect((await call(leaver, 'GET', `/${toSupport}`)).status).toBe(200);
  });

  it('R18 lists what one has asked, what a structure has received, and what support has, page by page', async () => {
    const author = await signedInPerson(api);
    await membership(COMPANY, author, 'UserAttached');
    const requests: string[] = [];
    for (let count = 0; count < 3; count += 1) requests.unshift(await created(author));
    const page = await call(author, 'GET', '?limit=2');
    expect((page.body['items'] as { request: string }[]).map(({ request }) => request)).toEqual(requests.slice(0, 2));
    expect(page.body).toMatchObject({ total: 3 });
    const rest = await call(author, 'GET', `?limit=2&after=${String(page.body['next'])}`);
    expect(rest.body).toMatchObject({ items: [{ request: requests[2] }], total: 3, next: null });
    await call(author, 'POST', `/${requests[0] ?? ''}/close`, { outcome: 'withdrawn' });
    expect((await call(author, 'GET', '?status=closed')).body).toMatchObject({
      items: [{ request: requests[0] }],
      total: 1,
    });
    expect((await call(author, 'GET', `?structure=${TOWN}`)).body).toMatchObject({ items: [], total: 0 });
    expect((await call(author, 'GET', '?category=FLOWS')).body).toMatchObject({ items: [], total: 0 });
    const mine = await created(author, { recipientStructure: TOWN });
    const received = await call(manager, 'GET', `?box=received&structure=${TOWN}`);
    expect(received.body['items']).toContainEqual(expect.objectContaining({ request: mine }));
    expect(received.body['items']).not.toContainEqual(expect.objectContaining({ recipientStructure: null }));
    expect(await call(author, 'GET', `?box=received&structure=${TOWN}`)).toMatchObject({ status: 404 });
    expect(await call(author, 'GET', '?box=received')).toMatchObject({ status: 400, body: { code: 'SOL-400' } });
    const all = await call(support, 'GET', '?limit=500');
    expect(all.body['items']).toContainEqual(expect.objectContaining({ request: requests[1] }));
    expect(all.body['items']).not.toContainEqual(expect.objectContaining({ request: mine }));
    expect((await call(stranger, 'GET', '')).body).toMatchObject({ items: [], total: 0 });
    expect((await call({ token: api.keys.own }, 'GET', '')).status).toBe(403);
  });

  it('R18 lists the categories', async () => {
    const { body } = await call(stranger, 'GET', '/categories');
    expect((body['items'] as object[])[0]).toMatchObject({
      code: 'STRUCTURES_AND_USERS',
      subcategories: expect.arrayContaining([
        { code: 'USER_RIGHTS', label: 'Modification des droits des utilisateurs' },
      ]) as object[],
    });
  });

  it('R18 shows nothing of what an erased person wrote, nor their files', async () => {
    const gone = await signedInPerson(api, { firstName: 'Canari' });
    await membership(COMPANY, gone, 'UserAttached');
    const file = await upload(gone, 'canari.pdf', Buffer.from('canari'));
    const request = await created(gone, { subject: 'canari', text: 'canari', files: [file] });
    await api.app.get(PersonalDataVault).erase(gone.account);
    await api.app
      .get(Decisions)
      .decide({ kind: 'operator' }, (session) =>
        session.record(accountStream(gone.account), accept({ type: 'PersonErased', data: { account: gone.account } })),
      );
    await api.project();
    const { status, body } = await call(support, 'GET', `/${request}`);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/canari/i);
    expect(body).toMatchObject({ subject: null, author: { name: null }, messages: [{ text: null, files: null }] });
    expect((await call(support, 'GET', `/${request}/files/${file.sha256}`)).status).toBe(404);
  });

  it.each(['nothing', randomUUID(), "' OR '1'='1"])('R18 does not find the request %s', async (request) => {
    expect(await call(support, 'GET', `/${encodeURIComponent(request)}`)).toMatchObject({
      status: 404,
      body: { code: 'SOL-404' },
    });
  });

  it('R09 asks people to be signed in, and machines have no requests', async () => {
    const request = await created(user);
    const machine = { token: api.keys.own };
    expect((await call({ token: 'x'.repeat(43) }, 'GET', `/${request}`)).status).toBe(401);
    for (const [method, path, body] of [
      ['GET', `/${request}`, undefined],
      ['POST', '', wanted()],
      ['POST', `/${request}/answer`, { text: 'x' }],
      ['POST', `/${request}/assign`, {}],
      ['POST', `/${request}/close`, { outcome: 'done' }],
    ] as const)
      expect((await call(machine, method, path, body)).status).toBe(403);
    expect((await call(support, 'POST', '', wanted())).status).toBe(403);
  });
});
