import {
  actorOf,
  CommandRefused,
  Decisions,
  Deposits,
  OBJECTS,
  WorkQueue,
  type Caller,
  type Session,
} from '#application';
import {
  confirmDraft,
  draftAmounts,
  draftStream,
  PLATFORM_APPLICATION_CODE,
  recordSending,
  reopenDraft,
  type Draft,
  type DraftContent,
  type ExistingDraft,
  type IssuedDocument,
} from '#domain';
import { EventStore } from '#events';
import type { ObjectStore } from '#persistence';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { createReadStream } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../platform/problem.js';
import { judgeSaving, saveIn } from './draft-commands.js';
import type { SendingView } from './draft-views.js';
import { DRAFT_INTERFACE, IssuedDocuments, type CheckedDocument, type TypedInvoice } from './issued-documents.js';
import { draftOf, unknownDraft } from './own-drafts.js';

/**
 * Validate and send an invoice that somebody typed (R22): a draft that was saved, or a content that comes with the command.
 * Without the confirmation it is a dry run.
 */
export class SendInvoice extends Command<SendingView> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    /** UUID of the draft; for a content that was not saved, of this very attempt: trying again with it answers the same. */
    readonly draft: string,
    /** Null for a draft that was saved. */
    readonly content: DraftContent | null,
    readonly confirmed: boolean,
  ) {
    super();
  }
}

/**
 * Sends in this order, so that a crash anywhere leaves nothing half done that sending again would not finish: the bytes are
 * kept, the draft is made final and names them, the flow is deposited under the draft's id, the draft names the flow. What is
 * final is sent as it was confirmed, and the door answers the same flow to the same attempt.
 */
@CommandHandler(SendInvoice)
export class SendInvoiceHandler implements ICommandHandler<SendInvoice> {
  constructor(
    private readonly decisions: Decisions,
    private readonly documents: IssuedDocuments,
    private readonly deposits: Deposits,
    private readonly queue: WorkQueue,
    private readonly store: EventStore,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
  ) {}

  async execute(command: SendInvoice): Promise<SendingView> {
    const { state, typed } = await this.decisions.look(command.caller, (session) =>
      this.typedInvoice(session, command),
    );
    if (state !== null) return this.deposit(command, state);
    const document = await this.documents.write(typed);
    try {
      const { checked } = document;
      if (!command.confirmed) return { ...checked, draft: command.draft, sent: false, flowNumber: null };
      if (!checked.valid)
        throw new Problem(
          422,
          'BRO-006',
          'La facture n’est pas envoyée : corrigez ce que les contrôles ont trouvé, puis confirmez de nouveau.',
          { ...checked },
        );
      const confirmed = await this.confirm(command, typed, document);
      return { ...(await this.deposit(command, confirmed)), ...checked };
    } finally {
      await document.remove();
    }
  }

  /** Makes the draft final, as long as it still says what was checked. */
  private async confirm(
    { caller, structure, draft, content }: SendInvoice,
    typed: TypedInvoice,
    { path }: CheckedDocument,
  ): Promise<ExistingDraft> {
    const bytes = createReadStream(path) as AsyncIterable<Buffer>;
    const document: IssuedDocument = await this.objects.put(bytes, { maxBytes: Number.MAX_SAFE_INTEGER });
    const confirmed = await this.decisions.decide(caller, async (session) => {
      const issuer = await session.authorise('invoice.issue', structure);
      const now = await draftOf(session, structure, draft);
      if (content !== null && now.status === 'none') await saveIn(session, this.store, { structure, draft, content });
      const state = existing(await draftOf(session, structure, draft));
      if (state.status === 'open' && !isDeepStrictEqual(state.content, typed.content))
        throw new CommandRefused(
          'BRO-005',
          'Ce brouillon a changé pendant le contrôle. Relisez-le puis confirmez de nouveau son envoi.',
        );
      await session.record(draftStream(draft), confirmDraft(state, issuer, document, actorOf(caller)));
      return existing(await draftOf(session, structure, draft));
    });
    return confirmed;
  }

  private async deposit({ caller, structure, draft }: SendInvoice, state: ExistingDraft): Promise<SendingView> {
    if (state.status === 'open') throw new Error('Only what was confirmed is deposited');
    const flowNumber =
      state.status === 'sent' ? state.flowNumber : await this.send(caller, structure, draft, state.document);
    // A hint too many costs nothing; one that was lost in a crash is made up for.
    await this.queue.hint({ step: 'ingest', flowNumber });
    const amounts = state.content === null ? null : draftAmounts(state.content);
    return { draft, sent: true, flowNumber, valid: true, missing: [], findings: [], rules: [], amounts };
  }

  private async send(
    caller: Caller,
    structure: string,
    draft: string,
    { sha256, size }: IssuedDocument,
  ): Promise<string> {
    const actor = actorOf(caller);
    const { name } = await this.decisions.look(caller, (session) => session.authorise('invoice.issue', structure));
    const isMachine = caller.kind === 'connection';
    const receipt = await this.deposits.deposit({
      applicationCode: isMachine ? caller.connection.applicationCode : PLATFORM_APPLICATION_CODE,
      sender: { identifier: structure, name: isMachine ? caller.connection.name : name },
      channel: isMachine ? 'API' : 'PORTAL',
      name: { interfaceCode: DRAFT_INTERFACE },
      bytes: await this.objects.open(sha256),
      announcedSize: size,
      attempt: draft,
      actor,
    });
    const [refusal] = receipt.findings;
    await this.decisions.decide(caller, async (session) => {
      const now = existing(await draftOf(session, structure, draft));
      const decision =
        refusal === undefined
          ? recordSending(now, receipt.flowNumber, actor)
          : reopenDraft(now, refusal.message, actor);
      await session.record(draftStream(draft), decision);
    });
    if (refusal !== undefined) throw new CommandRefused('BRO-007', `La facture n’est pas envoyée. ${refusal.message}`);
    return receipt.flowNumber;
  }

  /**
   * What there is to send: a draft that was confirmed before, whatever comes with the command; or what somebody typed.
   *
   * @throws AccessRefused, CommandRefused, Problem `BRO-404`
   */
  private async typedInvoice(
    session: Omit<Session, 'record'>,
    { structure, draft, content }: SendInvoice,
  ): Promise<
    { readonly state: ExistingDraft; readonly typed: null } | { readonly state: null; readonly typed: TypedInvoice }
  > {
    const issuer = await session.authorise('invoice.issue', structure);
    const now = await draftOf(session, structure, draft);
    if (now.status === 'confirmed' || now.status === 'sent') return { state: now, typed: null };
    const typed = now.status === 'open' ? now.content : now.status === 'none' ? content : null;
    if (typed === null) throw unknownDraft();
    const judged = await judgeSaving(session, this.store, { structure, draft, content: typed });
    if (!judged.accepted) throw new CommandRefused(judged.code, judged.message);
    const recipient = await session.structure(typed.buyer?.identifier ?? '');
    return { state: null, typed: { draft, content: typed, issuer, recipient } };
  }
}

function existing(state: Draft): ExistingDraft {
  if (state.status === 'none' || state.status === 'deleted') throw unknownDraft();
  return state;
}
