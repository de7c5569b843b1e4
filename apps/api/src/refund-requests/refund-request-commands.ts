import { actorOf, CLOCK, Decisions, type Caller, type Clock, type Session } from '#application';
import {
  deleteRefundRequest,
  filesOfRefundRequest,
  noStructure,
  parisDay,
  refundRequestNumber,
  refundRequestStream,
  saveRefundRequest,
  sendRefundRequest,
  treatRefundRequest,
  type Decision,
  type ExistingRefundRequest,
  type RefundRequest,
  type RefundRequestContent,
  type RefundRequestEvent,
  type RefundRequestFile,
  type RefundTreatment,
} from '#domain';
import { EventStore } from '#events';
import { PersonalDataVault } from '#persistence';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import { areJoinable } from '../uploads/uploaded-files.js';
import { reachedRefundRequest, refundRequestOf } from './refund-request-reach.js';
import {
  missingOf,
  refundRequestView,
  type RefundRequestView,
  type RefundSendingView,
} from './refund-request-views.js';

/** Make a request, in any state of completeness (R29). */
export class CreateRefundRequest extends Command<RefundRequestView> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    readonly content: RefundRequestContent,
  ) {
    super();
  }
}

/** Save a draft in the place of what it was (R29). */
export class SaveRefundRequest extends Command<RefundRequestView> {
  constructor(
    readonly caller: Caller,
    readonly request: string,
    readonly content: RefundRequestContent,
  ) {
    super();
  }
}

/** Delete a draft (R29). */
export class DeleteRefundRequest extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly request: string,
  ) {
    super();
  }
}

/** Send a request, or only say what keeps it from being sent (R29). */
export class SendRefundRequest extends Command<RefundSendingView> {
  constructor(
    readonly caller: Caller,
    readonly request: string,
    readonly confirmed: boolean,
  ) {
    super();
  }
}

/** Say how far a request is (R29). */
export class TreatRefundRequest extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly request: string,
    readonly status: RefundTreatment,
    readonly reason: string | null,
  ) {
    super();
  }
}

@CommandHandler(CreateRefundRequest)
export class CreateRefundRequestHandler implements ICommandHandler<CreateRefundRequest> {
  constructor(
    private readonly decisions: Decisions,
    private readonly store: EventStore,
  ) {}

  execute({ caller, structure, content }: CreateRefundRequest): Promise<RefundRequestView> {
    const request = randomUUID();
    return this.decisions.decide(caller, async (session) => {
      await session.authorise('refund-request.prepare', structure);
      return saveIn(session, this.store, { request, structure, content });
    });
  }
}

@CommandHandler(SaveRefundRequest)
export class SaveRefundRequestHandler implements ICommandHandler<SaveRefundRequest> {
  constructor(
    private readonly decisions: Decisions,
    private readonly store: EventStore,
  ) {}

  execute({ caller, request, content }: SaveRefundRequest): Promise<RefundRequestView> {
    return this.decisions.decide(caller, async (session) => {
      const { structure } = await reachedRefundRequest(session, 'refund-request.prepare', request);
      return saveIn(session, this.store, { request, structure, content });
    });
  }
}

@CommandHandler(DeleteRefundRequest)
export class DeleteRefundRequestHandler implements ICommandHandler<DeleteRefundRequest> {
  constructor(
    private readonly decisions: Decisions,
    private readonly vault: PersonalDataVault,
  ) {}

  /** The event comes first: whatever happens then, what reads the log destroys the key that the event asks to destroy. */
  async execute({ caller, request }: DeleteRefundRequest): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const state = await reachedRefundRequest(session, 'refund-request.prepare', request);
      await session.record(refundRequestStream(request), deleteRefundRequest(state, actorOf(caller)));
    });
    await this.vault.erase(request);
  }
}

@CommandHandler(SendRefundRequest)
export class SendRefundRequestHandler implements ICommandHandler<SendRefundRequest> {
  constructor(
    private readonly decisions: Decisions,
    private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ caller, request, confirmed }: SendRefundRequest): Promise<RefundSendingView> {
    if (!confirmed)
      return this.decisions.look(caller, async (session) => {
        const state = await reachedRefundRequest(session, 'refund-request.prepare', request);
        return sendingView(state, await judgeSending(session, state, ''));
      });
    // One that is not used in the end is given to nobody: numbers have gaps.
    const number = await this.newNumber();
    return this.decisions.decide(caller, async (session) => {
      const state = await reachedRefundRequest(session, 'refund-request.prepare', request);
      const decision = await judgeSending(session, state, number);
      await session.record(refundRequestStream(request), decision);
      return sendingView(await reachedRefundRequest(session, 'refund-request.prepare', request), decision);
    });
  }

  private async newNumber(): Promise<string> {
    const { rows } = await this.store.pool.query<{ sequence: string }>(
      "SELECT nextval('public.refund_request_sequence') AS sequence",
    );
    return refundRequestNumber(parisDay(this.clock.now()).slice(0, 4), BigInt(rows[0]?.sequence ?? 0));
  }
}

@CommandHandler(TreatRefundRequest)
export class TreatRefundRequestHandler implements ICommandHandler<TreatRefundRequest> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, request, status, reason }: TreatRefundRequest): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const state = await reachedRefundRequest(session, 'refund-request.treat', request);
      const decision = treatRefundRequest(state, { status, reason, by: actorOf(caller) });
      await session.record(refundRequestStream(request), decision);
    });
  }
}

interface WantedRefundRequest {
  readonly request: string;
  readonly structure: string;
  readonly content: RefundRequestContent;
}

async function saveIn(session: Session, store: EventStore, wanted: WantedRefundRequest): Promise<RefundRequestView> {
  const { caller } = session;
  const state = await refundRequestOf(session, wanted.request);
  const cited = filesOfRefundRequest(wanted.content);
  const surroundings = {
    structure: await session.structure(wanted.structure),
    uploaded: await areJoinable(store, caller, cited, filesOf(state)),
  };
  const decision = saveRefundRequest(state, { ...wanted, by: actorOf(caller) }, surroundings);
  await session.record(refundRequestStream(wanted.request), decision);
  return refundRequestView(await reachedRefundRequest(session, 'refund-request.prepare', wanted.request));
}

function filesOf(state: RefundRequest): readonly RefundRequestFile[] {
  return state.status === 'none' || state.status === 'deleted' ? [] : filesOfRefundRequest(state.content ?? {});
}

async function judgeSending(
  session: Omit<Session, 'record'>,
  state: ExistingRefundRequest,
  number: string,
): Promise<Decision<RefundRequestEvent>> {
  const recipient = state.content?.recipient;
  return sendRefundRequest(
    state,
    { number, by: actorOf(session.caller) },
    {
      structure: await session.structure(state.structure),
      recipient: recipient === undefined ? noStructure : await session.structure(recipient),
    },
  );
}

function sendingView(state: ExistingRefundRequest, decision: Decision<RefundRequestEvent>): RefundSendingView {
  const { request, number } = state;
  const obstacle = decision.accepted ? null : { code: decision.code, message: decision.message };
  return { request, sent: number !== null, number, missing: missingOf(state), obstacle };
}
