import { actingAs, Decisions, type Caller } from '#application';
import { closeSpace, openSpace, structureStream, type OpenedSpace } from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { placeOf } from './place.js';

/** Open a space on a structure, or on one of its services (R08). */
export class OpenSpace extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    readonly at: OpenedSpace,
  ) {
    super();
  }
}

/** Close a space (R08): the subscriptions to it stay recorded, and give no right while it is closed. */
export class CloseSpace extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    readonly at: OpenedSpace,
  ) {
    super();
  }
}

@CommandHandler(OpenSpace)
export class OpenSpaceHandler implements ICommandHandler<OpenSpace> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, structure, at }: OpenSpace): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      await session.authorise('space.manage', structure);
      const place = await placeOf(session, structure, at.service);
      await session.record(structureStream(structure), openSpace(place, at, actingAs(caller)));
    });
  }
}

@CommandHandler(CloseSpace)
export class CloseSpaceHandler implements ICommandHandler<CloseSpace> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, structure, at }: CloseSpace): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const known = await session.authorise('space.manage', structure);
      await session.record(structureStream(structure), closeSpace(known, at, actingAs(caller)));
    });
  }
}
