import { actingAs, Decisions, type Caller } from '#application';
import { nameCentralService, structureStream, type CentralServiceContact } from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

/** Says how to reach the central service of justice fees of a structure, or of one of its services (R28). */
export class NameCentralService extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
    readonly named: { readonly service: string | null; readonly contact: CentralServiceContact | null },
  ) {
    super();
  }
}

@CommandHandler(NameCentralService)
export class NameCentralServiceHandler implements ICommandHandler<NameCentralService> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, identifier, named }: NameCentralService): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('central-service.name', identifier);
      const { service: code } = named;
      const service = code === null ? null : await session.service({ structure: identifier, code });
      await session.record(
        structureStream(identifier),
        nameCentralService(structure, service, named, actingAs(caller)),
      );
    });
  }
}
