import { JOINED_FILES_BYTES } from '../shared/joined-files.js';
import { noStructure, evolveStructure, type Structure } from '../structure/structure.js';
import { specification } from '../testing/given.js';
import { SUPPORT_REQUEST_CATEGORIES, supportRequestLabels, USER_RIGHTS_REQUEST } from './support-request-catalogue.js';
import {
  answerSupportRequest,
  assignSupportRequest,
  closeSupportRequest,
  createSupportRequest,
  type SupportRequestActor,
  type SupportRequestToCreate,
} from './support-request-decisions.js';
import type { SupportRequestEvent, SupportRequestFile } from './support-request-events.js';
import {
  evolveSupportRequest,
  noSupportRequest,
  type ExistingSupportRequest,
  type SupportRequest,
} from './support-request.js';

const REQUEST = '5a5a5a5a-0000-4000-8000-000000000001';
const AUTHOR = '11111111-1111-4111-8111-111111111111';
const MANAGER = '22222222-2222-4222-8222-222222222222';

const { given } = specification<SupportRequest, SupportRequestEvent>(noSupportRequest, evolveSupportRequest);

const file = (certificate: boolean, size = 10): SupportRequestFile => ({
  name: 'certificat.pdf',
  sha256: 'a'.repeat(64),
  size,
  administrativeCertificate: certificate,
});
const wanted: SupportRequestToCreate = {
  request: REQUEST,
  author: AUTHOR,
  structure: '13002526500013',
  recipient: { kind: 'support' },
  ...USER_RIGHTS_REQUEST,
  subject: 'Départ du gestionnaire',
  text: 'Le gestionnaire principal est parti.',
  files: [file(true)],
};
const created: SupportRequestEvent = { type: 'SupportRequestCreated', data: wanted };
const assigned: SupportRequestEvent = {
  type: 'SupportRequestAssigned',
  data: { request: REQUEST, assignee: MANAGER, by: MANAGER },
};
const answered = (author: string, files: readonly SupportRequestFile[] = []): SupportRequestEvent => ({
  type: 'SupportRequestAnswered',
  data: { request: REQUEST, author, text: 'Voici.', files },
});
const closed = (by: string, outcome: 'done' | 'refused' | 'withdrawn'): SupportRequestEvent => ({
  type: 'SupportRequestClosed',
  data: { request: REQUEST, by, outcome },
});

const structure = (events: { primaryManager: string | null; successor?: string }): Structure => {
  const registered = evolveStructure(noStructure, {
    type: 'StructureRegistered',
    data: {
      identifier: '13002526500013',
      name: 'Commune',
      publicEntity: true,
      primaryManager: events.primaryManager,
    },
  });
  if (events.successor === undefined) return registered;
  return evolveStructure(registered, { type: 'StructureDeactivated', data: { successor: events.successor } });
};
const active = structure({ primaryManager: MANAGER });
const around = { structure: active, recipient: null, uploaded: true };

const author: SupportRequestActor = { by: AUTHOR, author: true, treating: false };
const manager: SupportRequestActor = { by: MANAGER, author: false, treating: true };
const support: SupportRequestActor = { by: 'operator', author: false, treating: true };

/** Decides on a request that exists. */
function on<T>(decide: (request: ExistingSupportRequest) => T): (state: SupportRequest) => T {
  return (state) => {
    if (state.status === 'none') throw new Error('there is no request');
    return decide(state);
  };
}

const stateAfter = (...events: SupportRequestEvent[]): SupportRequest =>
  events.reduce(evolveSupportRequest, noSupportRequest);

describe('creating a support request', () => {
  it('R18 records what is asked, of the platform’s support', () => {
    given()
      .when((state) => createSupportRequest(state, wanted, around))
      .then(created);
  });

  it('R18 records what is asked of the managers of a structure', () => {
    const command = { ...wanted, recipient: { kind: 'structure', structure: '21690123100011' } as const };
    given()
      .when((state) => createSupportRequest(state, command, { ...around, recipient: active }))
      .then({ type: 'SupportRequestCreated', data: command });
  });

  it('R16 R18 refuses one on behalf of a deactivated structure (STR-003), which names its successor', () => {
    const gone = structure({ primaryManager: MANAGER, successor: '13002526500021' });
    given()
      .when((state) => createSupportRequest(state, wanted, { ...around, structure: gone }))
      .refused('STR-003');
    const decision = createSupportRequest(noSupportRequest, wanted, { ...around, structure: gone });
    expect(decision).toMatchObject({ message: expect.stringContaining('13002526500021') as string });
  });

  it.each([
    ['NOTHING', 'USER_RIGHTS'],
    ['STRUCTURES_AND_USERS', 'REJECT'],
    ['constructor', 'name'],
    ['OTHER', 'toString'],
  ])('R18 refuses the category %s with the sub-category %s, which the catalogue has not (SOL-001)', (category, sub) => {
    given()
      .when((state) => createSupportRequest(state, { ...wanted, category, subcategory: sub }, around))
      .refused('SOL-001');
  });

  it.each([
    ['that is not there', noStructure],
    ['that was deactivated', structure({ primaryManager: MANAGER, successor: '13002526500021' })],
    ['that nobody manages', structure({ primaryManager: null })],
  ])('R18 refuses one to a structure %s (SOL-002)', (_, recipient) => {
    given()
      .when((state) => createSupportRequest(state, wanted, { ...around, recipient }))
      .refused('SOL-002');
  });

  it('R18 refuses a file that its author has not uploaded (SOL-003)', () => {
    given()
      .when((state) => createSupportRequest(state, wanted, { ...around, uploaded: false }))
      .refused('SOL-003');
  });

  it('R18 R24 refuses files of more than 120 MB together (SOL-004), and takes them to the byte', () => {
    const files = [file(false, JOINED_FILES_BYTES), file(false, 1)];
    given()
      .when((state) => createSupportRequest(state, { ...wanted, files }, around))
      .refused('SOL-004');
    expect(createSupportRequest(noSupportRequest, { ...wanted, files: files.slice(0, 1) }, around).accepted).toBe(true);
  });
});

describe('assigning a support request', () => {
  it('R18 says who treats it from now on', () => {
    given(created)
      .when(on((request) => assignSupportRequest(request, manager, MANAGER, true)))
      .then(assigned);
  });

  it('R18 does nothing when that person treats it already', () => {
    given(created, assigned)
      .when(on((request) => assignSupportRequest(request, manager, MANAGER, true)))
      .then();
  });

  it('R18 moves it from one to another', () => {
    given(created, assigned)
      .when(on((request) => assignSupportRequest(request, support, 'operator', true)))
      .then({ type: 'SupportRequestAssigned', data: { request: REQUEST, assignee: 'operator', by: 'operator' } });
  });

  it('R18 refuses it once closed (SOL-005), by its author (SOL-006), and to whoever may not treat it (SOL-007)', () => {
    given(created, closed(MANAGER, 'done'))
      .when(on((request) => assignSupportRequest(request, manager, MANAGER, true)))
      .refused('SOL-005');
    given(created)
      .when(on((request) => assignSupportRequest(request, author, AUTHOR, true)))
      .refused('SOL-006');
    given(created)
      .when(on((request) => assignSupportRequest(request, manager, AUTHOR, false)))
      .refused('SOL-007');
  });
});

describe('answering a support request', () => {
  const answer = { text: 'Voici.', files: [] };

  it.each([
    ['its author', author, AUTHOR],
    ['a manager', manager, MANAGER],
    ['support', support, 'operator'],
  ])('R18 takes the answer of %s', (_, actor, by) => {
    given(created, assigned)
      .when(on((request) => answerSupportRequest(request, actor, answer, true)))
      .then(answered(by));
  });

  it('R18 refuses it once closed (SOL-005)', () => {
    given(created, closed(AUTHOR, 'withdrawn'))
      .when(on((request) => answerSupportRequest(request, author, answer, true)))
      .refused('SOL-005');
  });

  it('R18 refuses files that were not uploaded (SOL-003) or are too large together (SOL-004)', () => {
    given(created)
      .when(on((request) => answerSupportRequest(request, author, { ...answer, files: [file(false)] }, false)))
      .refused('SOL-003');
    const files = [file(false, JOINED_FILES_BYTES + 1)];
    given(created)
      .when(on((request) => answerSupportRequest(request, author, { ...answer, files }, true)))
      .refused('SOL-004');
  });
});

describe('closing a support request', () => {
  it.each([
    ['done', support, 'operator'],
    ['refused', manager, MANAGER],
    ['withdrawn', author, AUTHOR],
  ] as const)('R18 closes it as %s', (outcome, actor, by) => {
    given(created, assigned)
      .when(on((request) => closeSupportRequest(request, actor, outcome)))
      .then(closed(by, outcome));
  });

  it.each(['done', 'refused'] as const)('R18 does not let its author close it as %s (SOL-006)', (outcome) => {
    given(created)
      .when(on((request) => closeSupportRequest(request, author, outcome)))
      .refused('SOL-006');
  });

  it('R18 does not let those who treat it withdraw it (SOL-008)', () => {
    given(created)
      .when(on((request) => closeSupportRequest(request, manager, 'withdrawn')))
      .refused('SOL-008');
  });

  it('R18 lets an author who also treats it do both', () => {
    const both = { ...author, treating: true };
    for (const outcome of ['done', 'withdrawn'] as const)
      given(created)
        .when(on((request) => closeSupportRequest(request, both, outcome)))
        .then(closed(AUTHOR, outcome));
  });

  it('R18 refuses it once closed (SOL-005), also with the same outcome', () => {
    given(created, closed(MANAGER, 'done'))
      .when(on((request) => closeSupportRequest(request, manager, 'done')))
      .refused('SOL-005');
  });
});

describe('a support request', () => {
  it('R18 goes from open to assigned, answered, assigned again when its author answers, and closed', () => {
    const steps = [created, assigned, answered(MANAGER), answered(AUTHOR), answered(MANAGER), closed(MANAGER, 'done')];
    const states = steps.map((_, index) => stateAfter(...steps.slice(0, index + 1)).status);
    expect(states).toEqual(['open', 'assigned', 'answered', 'assigned', 'answered', 'closed']);
  });

  it('R18 stays open when its author adds to it before anybody took it up', () => {
    expect(stateAfter(created, answered(AUTHOR))).toMatchObject({ status: 'open', assignee: null });
  });

  it('R18 is treated by whoever answers it first, and keeps waiting for its author when it changes hands', () => {
    expect(stateAfter(created, answered('operator'))).toMatchObject({ status: 'answered', assignee: 'operator' });
    expect(stateAfter(created, answered('operator'), assigned)).toMatchObject({
      status: 'answered',
      assignee: MANAGER,
    });
  });

  it('R07 knows whether its author joined the administrative certificate, at first or later', () => {
    const without: SupportRequestEvent = { type: 'SupportRequestCreated', data: { ...wanted, files: [file(false)] } };
    expect(stateAfter(created)).toMatchObject({ administrativeCertificate: true, ...USER_RIGHTS_REQUEST });
    expect(stateAfter(without)).toMatchObject({ administrativeCertificate: false });
    expect(stateAfter(without, answered(AUTHOR, [file(true)]))).toMatchObject({ administrativeCertificate: true });
    expect(stateAfter(without, answered(MANAGER, [file(true)]))).toMatchObject({ administrativeCertificate: false });
  });

  it('R07 has no certificate any more once its author was erased', () => {
    const erased: SupportRequestEvent = {
      type: 'SupportRequestCreated',
      data: { ...wanted, subject: null, text: null, files: null },
    };
    expect(stateAfter(erased)).toMatchObject({ administrativeCertificate: false, author: AUTHOR });
  });

  it('R18 cannot begin with anything but its creation', () => {
    expect(() => stateAfter(assigned)).toThrow('before SupportRequestCreated');
    expect(() => createSupportRequest(stateAfter(created), wanted, around)).toThrow('new identifier');
  });
});

describe('the catalogue of support requests', () => {
  it('R07 has the category and the sub-category that the transfer of a role asks for', () => {
    expect(supportRequestLabels(USER_RIGHTS_REQUEST.category, USER_RIGHTS_REQUEST.subcategory)).toEqual({
      category: 'Gestion des structures et utilisateurs',
      subcategory: 'Modification des droits des utilisateurs',
    });
  });

  it('R18 divides each category', () => {
    for (const { label, subcategories } of Object.values(SUPPORT_REQUEST_CATEGORIES)) {
      expect(label).not.toBe('');
      expect(Object.values(subcategories).every((one) => one.length > 0)).toBe(true);
    }
  });
});
