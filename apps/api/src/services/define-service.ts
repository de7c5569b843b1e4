import { Decisions, type Caller } from '#application';
import { defineService, serviceStream, type ServiceKey } from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

/** Open a service, rename it, change what it asks for, deactivate or reactivate it (R11). */
export class DefineService extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly key: ServiceKey,
    readonly wanted: { readonly name: string; readonly active: boolean; readonly commitmentNumber: boolean },
  ) {
    super();
  }
}

@CommandHandler(DefineService)
export class DefineServiceHandler implements ICommandHandler<DefineService> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, key, wanted }: DefineService): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('service.manage', key.structure);
      const service = await session.service(key);
      await session.record(serviceStream(key), defineService(service, structure, key, wanted));
    });
  }
}
