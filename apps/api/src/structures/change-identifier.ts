import { actingAs, Decisions, type Caller } from '#application';
import { accept, changeIdentifier, structureStream } from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { accepted } from './deciding.js';

/** Changes the SIRET of a structure (R16): the old one is deactivated, the new one has what is carried over. */
export class ChangeIdentifier extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
    /** The new SIRET. */
    readonly next: string,
  ) {
    super();
  }
}

@CommandHandler(ChangeIdentifier)
export class ChangeIdentifierHandler implements ICommandHandler<ChangeIdentifier> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, identifier, next }: ChangeIdentifier): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('structure.change-identifier', identifier);
      const change = { identifier: next, by: actingAs(caller), bySupport: caller.kind === 'operator' };
      const { events } = accepted(changeIdentifier(structure, await session.structure(next), change));
      for (const event of events) {
        const stream = structureStream(event.type === 'StructureDuplicated' ? next : identifier);
        await session.record(stream, accept(event));
      }
    });
  }
}
