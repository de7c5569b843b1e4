import { actingAs, Decisions, type Caller } from '#application';
import {
  describeStructure,
  setPacageNumber,
  setStructureRequirements,
  setUsedApplications,
  structureStream,
  subscribeInvoicingMandate,
  type PostalAddress,
  type StructureRequirements,
} from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

/** Changes name and address of a structure (R14). */
export class DescribeStructure extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
    readonly description: { readonly name: string; readonly address: PostalAddress | null },
  ) {
    super();
  }
}

/** Sets what a structure asks of the invoices that are sent to it (R11). */
export class SetRequirements extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
    readonly requirements: StructureRequirements,
  ) {
    super();
  }
}

/** Sets the block "applications utilisées" (R14). */
export class SetUsedApplications extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
    readonly applications: readonly string[],
  ) {
    super();
  }
}

/** Subscribes the invoicing mandate, which the input mode needs (R13). */
export class SubscribeInvoicingMandate extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
  ) {
    super();
  }
}

/** Sets or removes the PACAGE number of a farm. */
export class SetPacageNumber extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
    /** Null removes it. */
    readonly number: string | null,
  ) {
    super();
  }
}

@CommandHandler(DescribeStructure)
export class DescribeStructureHandler implements ICommandHandler<DescribeStructure> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, identifier, description }: DescribeStructure): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('structure.describe', identifier);
      return session.record(structureStream(identifier), describeStructure(structure, description));
    });
  }
}

@CommandHandler(SetRequirements)
export class SetRequirementsHandler implements ICommandHandler<SetRequirements> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, identifier, requirements }: SetRequirements): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('structure.require', identifier);
      return session.record(structureStream(identifier), setStructureRequirements(structure, requirements));
    });
  }
}

@CommandHandler(SetUsedApplications)
export class SetUsedApplicationsHandler implements ICommandHandler<SetUsedApplications> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, identifier, applications }: SetUsedApplications): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('structure.describe', identifier);
      return session.record(structureStream(identifier), setUsedApplications(structure, applications));
    });
  }
}

@CommandHandler(SubscribeInvoicingMandate)
export class SubscribeInvoicingMandateHandler implements ICommandHandler<SubscribeInvoicingMandate> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, identifier }: SubscribeInvoicingMandate): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('structure.subscribe-mandate', identifier);
      return session.record(structureStream(identifier), subscribeInvoicingMandate(structure, actingAs(caller)));
    });
  }
}

@CommandHandler(SetPacageNumber)
export class SetPacageNumberHandler implements ICommandHandler<SetPacageNumber> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, identifier, number }: SetPacageNumber): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('structure.describe', identifier);
      return session.record(structureStream(identifier), setPacageNumber(structure, number, actingAs(caller)));
    });
  }
}
