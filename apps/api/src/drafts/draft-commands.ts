import { actorOf, Decisions, type Caller, type Session } from '#application';
import {
  deleteDraft,
  draftStream,
  saveDraft,
  type Decision,
  type Draft,
  type DraftContent,
  type DraftDocument,
  type DraftEvent,
} from '#domain';
import { EventStore } from '#events';
import { PersonalDataVault } from '#persistence';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import { areJoinable } from '../uploads/uploaded-files.js';
import { draftView, type DraftView } from './draft-views.js';
import { draftOf, existingDraft } from './own-drafts.js';

/** Save an invoice under input, as a new draft or in the place of what one was (R22). */
export class SaveDraft extends Command<DraftView> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    /** UUID; null for a new one. */
    readonly draft: string | null,
    readonly content: DraftContent,
  ) {
    super();
  }
}

/** Delete an invoice under input (R22). */
export class DeleteDraft extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    readonly draft: string,
  ) {
    super();
  }
}

@CommandHandler(SaveDraft)
export class SaveDraftHandler implements ICommandHandler<SaveDraft> {
  constructor(
    private readonly decisions: Decisions,
    private readonly store: EventStore,
  ) {}

  async execute({ caller, structure, draft, content }: SaveDraft): Promise<DraftView> {
    const id = draft ?? randomUUID();
    return this.decisions.decide(caller, async (session) => {
      if (draft === null) await session.authorise('invoice.issue', structure);
      else await existingDraft(session, 'invoice.issue', structure, draft);
      await saveIn(session, this.store, { structure, draft: id, content });
      return draftView(await existingDraft(session, 'invoice.issue', structure, id));
    });
  }
}

@CommandHandler(DeleteDraft)
export class DeleteDraftHandler implements ICommandHandler<DeleteDraft> {
  constructor(
    private readonly decisions: Decisions,
    private readonly vault: PersonalDataVault,
  ) {}

  /** The event comes first: whatever happens then, what reads the log destroys the key that the event asks to destroy. */
  async execute({ caller, structure, draft }: DeleteDraft): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const state = await existingDraft(session, 'invoice.issue', structure, draft);
      await session.record(draftStream(draft), deleteDraft(state, actorOf(caller)));
    });
    await this.vault.erase(draft);
  }
}

/** A draft as it is to be. */
interface WantedDraft {
  readonly structure: string;
  readonly draft: string;
  readonly content: DraftContent;
}

/** Saves a draft in a decision. @throws CommandRefused */
export async function saveIn(session: Session, store: EventStore, wanted: WantedDraft): Promise<void> {
  await session.record(draftStream(wanted.draft), await judgeSaving(session, store, wanted));
}

/**
 * Whether a draft can be saved so. A supporting document must have been uploaded by whoever saves, or be in the draft already:
 * a colleague may have joined it.
 */
export async function judgeSaving(
  session: Omit<Session, 'record'>,
  store: EventStore,
  { structure, draft, content }: WantedDraft,
): Promise<Decision<DraftEvent>> {
  const state = await draftOf(session, structure, draft);
  const surroundings = {
    structure: await session.structure(structure),
    uploaded: await areJoinable(store, session.caller, content.supportingDocuments ?? [], documentsOf(state)),
  };
  return saveDraft(state, { draft, structure, content, by: actorOf(session.caller) }, surroundings);
}

function documentsOf(state: Draft): readonly DraftDocument[] {
  return state.status === 'none' || state.status === 'deleted' ? [] : (state.content?.supportingDocuments ?? []);
}
