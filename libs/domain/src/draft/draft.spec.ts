import { JOINED_FILES_BYTES } from '../shared/joined-files.js';
import type { StructureEvent } from '../structure/structure-events.js';
import { noStructure } from '../structure/structure.js';
import { specification } from '../testing/given.js';
import { PRIMARY, registered, structureOf, succeeded } from '../testing/people.js';
import type { DraftContent } from './draft-content.js';
import {
  confirmDraft,
  deleteDraft,
  recordSending,
  reopenDraft,
  saveDraft,
  type DraftSurroundings,
} from './draft-decisions.js';
import type { DraftEvent } from './draft-events.js';
import { evolveDraft, noDraft, type Draft, type ExistingDraft } from './draft.js';

const { given } = specification<Draft, DraftEvent>(noDraft, evolveDraft);

const DRAFT = 'd4a4d0a2-0000-4000-8000-000000000001';
const BY = `account-${PRIMARY}`;
const FLOW = 'CPP0011150000000000000001';
const mandate: StructureEvent = { type: 'InvoicingMandateSubscribed', data: { by: PRIMARY } };
const issuing = structureOf(registered, mandate);
const structure = registered.data.identifier;
const document = { sha256: 'a'.repeat(64), size: 4_000 };

const command = (content: DraftContent = {}) => ({ draft: DRAFT, structure, content, by: BY });
const surroundings: DraftSurroundings = { structure: issuing, uploaded: true };
const save = (content?: DraftContent, beside?: Partial<DraftSurroundings>) => (state: Draft) =>
  saveDraft(state, command(content), { ...surroundings, ...beside });
const existing =
  <T>(decide: (state: ExistingDraft) => T) =>
  (state: Draft): T =>
    decide(state as ExistingDraft);

const saved = (content: DraftContent = {}): DraftEvent => ({ type: 'DraftSaved', data: command(content) });
const confirmed: DraftEvent = { type: 'DraftConfirmed', data: { draft: DRAFT, document, by: BY } };
const sent: DraftEvent = { type: 'DraftSent', data: { draft: DRAFT, flowNumber: FLOW, by: BY } };
const reopened: DraftEvent = { type: 'DraftReopened', data: { draft: DRAFT, reason: 'refusé', by: BY } };
const deleted: DraftEvent = { type: 'DraftDeleted', data: { draft: DRAFT, by: BY } };

const file = (size: number) => ({ name: 'bon.pdf', sha256: 'b'.repeat(64), size });

describe('Saving a draft', () => {
  it('R22 takes an invoice of which nothing is typed yet', () => {
    given().when(save()).then(saved());
  });

  it('R22 replaces the whole content', () => {
    given(saved({ number: 'F-1', dueDate: '2026-12-31' }))
      .when(save({ number: 'F-2' }))
      .then(saved({ number: 'F-2' }));
  });

  it('R22 records nothing when it says what was saved before', () => {
    given(saved({ number: 'F-1' }))
      .when(save({ number: 'F-1' }))
      .then();
  });

  it('R13 is refused to a structure without the invoicing mandate', () => {
    given()
      .when(save({}, { structure: structureOf(registered) }))
      .refused('BRO-001');
  });

  it('R16 is refused to a structure that is unknown or has ended', () => {
    given()
      .when(save({}, { structure: noStructure }))
      .refused('STR-003');
    given()
      .when(save({}, { structure: structureOf(registered, mandate, succeeded) }))
      .refused('STR-003');
  });

  it('R22 is refused once the invoice was confirmed, sent or deleted', () => {
    given(saved(), confirmed).when(save()).refused('BRO-002');
    given(saved(), confirmed, sent).when(save()).refused('BRO-002');
    given(saved(), deleted).when(save()).refused('BRO-002');
  });

  it('R24 is refused when a supporting document was not uploaded', () => {
    given()
      .when(save({ supportingDocuments: [file(1)] }, { uploaded: false }))
      .refused('BRO-003');
  });

  it('R24 takes 120 MB of supporting documents, and refuses one byte more', () => {
    const half = JOINED_FILES_BYTES / 2;
    const full = { supportingDocuments: [file(half), file(half)] };
    given().when(save(full)).then(saved(full));
    given()
      .when(save({ supportingDocuments: [file(half), file(half), file(1)] }))
      .refused('BRO-004');
  });
});

describe('Deleting a draft', () => {
  const remove = existing((state) => deleteDraft(state, BY));

  it('R22 deletes it', () => {
    given(saved()).when(remove).then(deleted);
  });

  it('R22 is refused once it was confirmed or sent', () => {
    given(saved(), confirmed).when(remove).refused('BRO-002');
    given(saved(), confirmed, sent).when(remove).refused('BRO-002');
  });
});

describe('Sending a draft', () => {
  const confirm = existing((state) => confirmDraft(state, issuing, document, BY));
  const record = existing((state) => recordSending(state, FLOW, BY));
  const reopen = existing((state) => reopenDraft(state, 'refusé', BY));

  it('R22 makes it final, then names the flow', () => {
    given(saved()).when(confirm).then(confirmed);
    given(saved(), confirmed).when(record).then(sent);
  });

  it('R22 records each step once, however often it is asked for', () => {
    given(saved(), confirmed).when(confirm).then();
    given(saved(), confirmed, sent).when(confirm).then();
    given(saved(), confirmed, sent).when(record).then();
  });

  it('R13 R16 is refused to a structure that lost its mandate, or ended, meanwhile', () => {
    const by = (now: typeof issuing) => existing((state) => confirmDraft(state, now, document, BY));
    given(saved())
      .when(by(structureOf(registered)))
      .refused('BRO-001');
    given(saved())
      .when(by(structureOf(registered, mandate, succeeded)))
      .refused('STR-003');
  });

  it('R22 names no flow for what nobody confirmed', () => {
    given(saved(), confirmed, reopened).when(record).refused('BRO-005');
  });

  it('R22 opens it again when the door refused it, and only then', () => {
    given(saved(), confirmed).when(reopen).then(reopened);
    given(saved(), confirmed, reopened)
      .when(save({ number: 'F-2' }))
      .then(saved({ number: 'F-2' }));
    given(saved()).when(reopen).then();
    given(saved(), confirmed, sent).when(reopen).then();
  });
});
