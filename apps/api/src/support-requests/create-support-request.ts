import { AccessRefused, Decisions } from '#application';
import { createSupportRequest, judgeSending, supportRequestStream, type SupportRequestToCreate } from '#domain';
import { EventStore } from '#events';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import type { PersonCaller } from '../access/caller.js';
import { haveUploaded } from '../uploads/uploaded-files.js';
import { supportRequestOf } from './parties.js';

/** Ask the platform's support, or the managers of a structure (R18). */
export class CreateSupportRequest extends Command<{ readonly request: string }> {
  constructor(
    readonly caller: PersonCaller,
    readonly wanted: Omit<SupportRequestToCreate, 'request' | 'author'>,
  ) {
    super();
  }
}

@CommandHandler(CreateSupportRequest)
export class CreateSupportRequestHandler implements ICommandHandler<CreateSupportRequest> {
  constructor(
    private readonly decisions: Decisions,
    private readonly store: EventStore,
  ) {}

  async execute({ caller, wanted }: CreateSupportRequest): Promise<{ readonly request: string }> {
    const { recipient } = wanted;
    const { account: author } = caller;
    const request = randomUUID();
    const uploaded = await haveUploaded(this.store, caller, wanted.files);
    await this.decisions.decide(caller, async (session) => {
      const verdict = judgeSending(await session.standing(wanted.structure), recipient);
      if (verdict !== 'allowed') throw new AccessRefused(verdict);
      const structure = await session.structure(wanted.structure);
      const to = recipient.kind === 'structure' ? await session.structure(recipient.structure) : null;
      const decision = createSupportRequest(
        await supportRequestOf(session, request),
        { ...wanted, request, author },
        { structure, recipient: to, uploaded },
      );
      await session.record(supportRequestStream(request), decision);
    });
    return { request };
  }
}
