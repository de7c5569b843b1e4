import { actingAs, Decisions, type Caller } from '#application';
import { addBankDetails, removeBankDetails, structureStream, type BankDetailsToAdd } from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';

/** Attaches bank details to a structure (R12). Answers the UUID that names them. */
export class AddBankDetails extends Command<string> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
    readonly details: Omit<BankDetailsToAdd, 'id'>,
  ) {
    super();
  }
}

/** Removes bank details from a structure (R12). */
export class RemoveBankDetails extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
    readonly id: string,
  ) {
    super();
  }
}

@CommandHandler(AddBankDetails)
export class AddBankDetailsHandler implements ICommandHandler<AddBankDetails> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, identifier, details }: AddBankDetails): Promise<string> {
    const id = randomUUID();
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('structure.bank-details', identifier);
      const decision = addBankDetails(structure, { ...details, id }, actingAs(caller));
      return session.record(structureStream(identifier), decision);
    });
    return id;
  }
}

@CommandHandler(RemoveBankDetails)
export class RemoveBankDetailsHandler implements ICommandHandler<RemoveBankDetails> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, identifier, id }: RemoveBankDetails): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('structure.bank-details', identifier);
      return session.record(structureStream(identifier), removeBankDetails(structure, id, actingAs(caller)));
    });
  }
}
