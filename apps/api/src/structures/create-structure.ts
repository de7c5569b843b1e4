import { accountOf, Decisions, Directory, type Caller } from '#application';
import {
  accept,
  createStructure,
  membershipStream,
  requestAttachment,
  structureStream,
  type StructureToCreate,
  type StructureToRegister,
} from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PersonCaller } from '../access/caller.js';

/** What became of a creation: an identifier in use makes of it a request for attachment (R02). */
export type CreationOutcome = 'created' | 'attachment-requested';

/** A person creates a structure, whose primary manager they become (R02, R03). */
export class CreateStructure extends Command<CreationOutcome> {
  constructor(
    readonly caller: PersonCaller,
    readonly structure: StructureToCreate,
  ) {
    super();
  }
}

/** An operator puts a structure in the directory; it has no manager yet. */
export class RegisterStructure extends Command<void> {
  constructor(readonly structure: StructureToRegister) {
    super();
  }
}

/** An operator closes a structure, naming its successor where there is one. */
export class DeactivateStructure extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
    readonly successor: string | null,
  ) {
    super();
  }
}

@CommandHandler(CreateStructure)
export class CreateStructureHandler implements ICommandHandler<CreateStructure> {
  constructor(private readonly decisions: Decisions) {}

  execute({ caller, structure: wanted }: CreateStructure): Promise<CreationOutcome> {
    const key = { structure: wanted.identifier, account: caller.account };
    return this.decisions.decide(caller, async (session) => {
      const structure = await session.structure(wanted.identifier);
      const account = await accountOf(session, caller.account);
      if (structure.status !== 'none') {
        const membership = await session.membership(key);
        await session.record(membershipStream(key), requestAttachment({ structure, membership, key, account }));
        return 'attachment-requested';
      }
      await session.record(structureStream(wanted.identifier), createStructure(structure, wanted, account));
      // In the same append, so that the primary manager is attached at every position of the log (R03).
      const attached = { type: 'UserAttached', data: { ...key, by: caller.account } } as const;
      await session.record(membershipStream(key), accept(attached));
      return 'created';
    });
  }
}

@CommandHandler(RegisterStructure)
export class RegisterStructureHandler implements ICommandHandler<RegisterStructure> {
  constructor(private readonly directory: Directory) {}

  execute({ structure }: RegisterStructure): Promise<void> {
    return this.directory.registerStructure(structure, 'operator');
  }
}

@CommandHandler(DeactivateStructure)
export class DeactivateStructureHandler implements ICommandHandler<DeactivateStructure> {
  constructor(private readonly directory: Directory) {}

  execute({ identifier, successor }: DeactivateStructure): Promise<void> {
    return this.directory.deactivateStructure(identifier, successor, 'operator');
  }
}
