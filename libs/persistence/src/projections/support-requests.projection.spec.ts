import { accountStream, supportRequestStream, type SupportRequestEvent } from '#domain';
import { type EventStore } from '#events';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { PersonalDataCipher } from '../personal-data/personal-data-cipher.js';
import { PersonalDataVault } from '../personal-data/personal-data-vault.js';
import { dump, forget, project, record } from '../../../../test/support/read-models.js';
import type { Projection } from './projection.js';
import { supportRequestsProjection } from './support-requests.projection.js';

const AUTHOR = '11111111-1111-4111-8111-111111111111';
const MANAGER = '22222222-2222-4222-8222-222222222222';
const FIRST = '5a5a5a5a-0000-4000-8000-000000000001';
const SECOND = '5a5a5a5a-0000-4000-8000-000000000002';

const created = (request: string, structure: string | null): SupportRequestEvent => ({
  type: 'SupportRequestCreated',
  data: {
    request,
    author: AUTHOR,
    structure: '13002526500013',
    recipient: structure === null ? { kind: 'support' } : { kind: 'structure', structure },
    category: 'STRUCTURES_AND_USERS',
    subcategory: 'USER_RIGHTS',
    subject: 'Sujet canari',
    text: 'Texte\0canari',
    files: [{ name: 'certificat-canari.pdf', sha256: 'a'.repeat(64), size: 3, administrativeCertificate: true }],
  },
});
const answered = (request: string, author: string): SupportRequestEvent => ({
  type: 'SupportRequestAnswered',
  data: { request, author, text: `Réponse de ${author}`, files: [] },
});

describe('the projection of support requests', () => {
  let own: OwnStore;
  let store: EventStore;
  let vault: PersonalDataVault;
  let projection: Projection;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
    vault = new PersonalDataVault(store.pool, new PersonalDataCipher('secret-des-donnees-personnelles-des-tests'));
    projection = {
      ...supportRequestsProjection,
      handle: async (events, tx) => supportRequestsProjection.handle(await vault.open(events), tx),
    };
  });

  afterAll(() => own.close());

  async function happened(request: string, ...events: SupportRequestEvent[]): Promise<void> {
    await record(store, { stream: supportRequestStream(request), expected: 'any', events: await vault.seal(events) });
    await project(store, [projection]);
  }
  const state = async (request: string): Promise<unknown> => {
    const { rows } = await store.pool.query(
      'SELECT status, assignee, outcome, recipient_structure, subject FROM read.support_requests WHERE request = $1',
      [request],
    );
    return rows[0];
  };

  it('R18 follows a request from its creation to its end', async () => {
    const support = { recipient_structure: null, subject: 'Sujet canari' };
    await happened(FIRST, created(FIRST, null));
    expect(await state(FIRST)).toEqual({ ...support, status: 'open', assignee: null, outcome: null });
    await happened(FIRST, answered(FIRST, AUTHOR));
    expect(await state(FIRST)).toMatchObject({ status: 'open', assignee: null });
    await happened(FIRST, { type: 'SupportRequestAssigned', data: { request: FIRST, assignee: MANAGER, by: MANAGER } });
    expect(await state(FIRST)).toMatchObject({ status: 'assigned', assignee: MANAGER });
    await happened(FIRST, answered(FIRST, MANAGER));
    expect(await state(FIRST)).toMatchObject({ status: 'answered', assignee: MANAGER });
    await happened(FIRST, answered(FIRST, AUTHOR));
    expect(await state(FIRST)).toMatchObject({ status: 'assigned', assignee: MANAGER });
    await happened(FIRST, { type: 'SupportRequestClosed', data: { request: FIRST, by: MANAGER, outcome: 'done' } });
    expect(await state(FIRST)).toEqual({ ...support, status: 'closed', assignee: MANAGER, outcome: 'done' });
  });

  it('R18 knows the structure that a request is for, and who took it up by answering', async () => {
    await happened(SECOND, created(SECOND, '21690123100011'), answered(SECOND, 'operator'));
    expect(await state(SECOND)).toMatchObject({
      status: 'answered',
      assignee: 'operator',
      recipient_structure: '21690123100011',
    });
  });

  it('R18 keeps what was written in order, and a text as a column takes it', async () => {
    const { rows } = await store.pool.query(
      'SELECT rank, author, text, files FROM read.support_request_messages WHERE request = $1 ORDER BY rank',
      [FIRST],
    );
    expect(rows.map(({ author }: { author: string }) => author)).toEqual([AUTHOR, AUTHOR, MANAGER, AUTHOR]);
    expect(rows[0]).toEqual({
      rank: 1,
      author: AUTHOR,
      text: 'Texte\u{fffd}canari',
      files: [{ name: 'certificat-canari.pdf', sha256: 'a'.repeat(64), size: 3, administrativeCertificate: true }],
    });
  });

  it('R18 empties what an erased person wrote, at once and when it is made anew, and nothing of the others', async () => {
    await vault.erase(AUTHOR);
    const erased = { type: 'PersonErased', data: { account: AUTHOR } };
    await record(store, { stream: accountStream(AUTHOR), expected: 'any', events: [erased] });
    await project(store, [projection]);
    const rows = await dump(store.pool, [projection]);
    expect(JSON.stringify(rows)).not.toContain('canari');
    expect(JSON.stringify(rows)).not.toContain(`Réponse de ${AUTHOR}`);
    expect(JSON.stringify(rows)).toContain(`Réponse de ${MANAGER}`);
    await forget(store.pool, [projection]);
    await project(store, [projection]);
    expect(await dump(store.pool, [projection])).toEqual(rows);
  });
});
