import { Decisions, type Caller } from '#application';
import {
  answerSupportRequest,
  assignSupportRequest,
  closeSupportRequest,
  supportRequestStream,
  type SupportRequestFile,
  type SupportRequestOutcome,
} from '#domain';
import { EventStore } from '#events';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { haveUploaded } from '../uploads/uploaded-files.js';
import { concerned, mayTreat } from './parties.js';

/** Say who treats a request (R18). */
export class AssignSupportRequest extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly request: string,
    /** Account; null for the caller. */
    readonly assignee: string | null,
  ) {
    super();
  }
}

/** Add to a request, from either side (R18). */
export class AnswerSupportRequest extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly request: string,
    readonly answer: { readonly text: string; readonly files: readonly SupportRequestFile[] },
  ) {
    super();
  }
}

/** Close a request for good (R18). */
export class CloseSupportRequest extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly request: string,
    readonly outcome: SupportRequestOutcome,
  ) {
    super();
  }
}

@CommandHandler(AssignSupportRequest)
export class AssignSupportRequestHandler implements ICommandHandler<AssignSupportRequest> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, request: id, assignee }: AssignSupportRequest): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const { request, actor } = await concerned(session, id);
      const to = assignee ?? actor.by;
      const decision = assignSupportRequest(request, actor, to, await mayTreat(session, request, to));
      await session.record(supportRequestStream(id), decision);
    });
  }
}

@CommandHandler(AnswerSupportRequest)
export class AnswerSupportRequestHandler implements ICommandHandler<AnswerSupportRequest> {
  constructor(
    private readonly decisions: Decisions,
    private readonly store: EventStore,
  ) {}

  async execute({ caller, request: id, answer }: AnswerSupportRequest): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const { request, actor } = await concerned(session, id);
      const uploaded = await haveUploaded(this.store, caller, answer.files);
      await session.record(supportRequestStream(id), answerSupportRequest(request, actor, answer, uploaded));
    });
  }
}

@CommandHandler(CloseSupportRequest)
export class CloseSupportRequestHandler implements ICommandHandler<CloseSupportRequest> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, request: id, outcome }: CloseSupportRequest): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const { request, actor } = await concerned(session, id);
      await session.record(supportRequestStream(id), closeSupportRequest(request, actor, outcome));
    });
  }
}
