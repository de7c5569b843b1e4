import { CommandRefused, Decisions, type Caller, type Session } from '#application';
import {
  acknowledgeRejection,
  correctValidator,
  judgeAddressing,
  noService,
  recycleInvoice,
  type Decision,
  type InvoiceEvent,
  type LivingInvoice,
} from '#domain';
import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { authoriseOn, InvoicesInLife } from './invoices-in-life.js';
import type { StatusOutcome } from './change-status.js';

/** Sends an invoice that was addressed by mistake to the right recipient (R26). */
export class RecycleInvoice extends Command<StatusOutcome> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
    /** What is absent stays as it was. */
    readonly change: {
      readonly recipient?: string;
      readonly serviceCode?: string | null;
      readonly commitmentNumber?: string | null;
      readonly comment: string | null;
    },
  ) {
    super();
  }
}

/** Names another validator in the place of a wrong one (R27). */
export class CorrectValidator extends Command<StatusOutcome> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
    readonly validator: string,
    readonly comment: string | null,
  ) {
    super();
  }
}

/** Takes note of a rejection by the recipient (R25). */
export class AcknowledgeRejection extends Command<StatusOutcome> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {
    super();
  }
}

/** What the issuer's four commands have in common: whose the invoice is, and where it stands afterwards. */
@Injectable()
export class IssuerDecisions {
  constructor(
    private readonly decisions: Decisions,
    private readonly invoices: InvoicesInLife,
  ) {}

  /** Decides on an invoice by its issuer's hand (`invoice.issue`). */
  async decide(
    caller: Caller,
    id: string,
    decision: (invoice: LivingInvoice, session: Session) => Promise<Decision<InvoiceEvent>>,
  ): Promise<StatusOutcome> {
    const stream = await this.invoices.streamOf(id);
    return this.decisions.decide(caller, async (session) => {
      const { invoice } = await this.invoices.load(session, stream);
      await authoriseOn(session, 'invoice.issue', invoice.issuer.identifier);
      await session.record(stream, await decision(invoice, session));
      return { status: (await this.invoices.load(session, stream)).invoice.status };
    });
  }
}

@CommandHandler(RecycleInvoice)
export class RecycleInvoiceHandler implements ICommandHandler<RecycleInvoice> {
  constructor(private readonly issuers: IssuerDecisions) {}

  /** The new recipient is judged as it would have been when the invoice came in (R23). */
  execute({ caller, id, change }: RecycleInvoice): Promise<StatusOutcome> {
    return this.issuers.decide(caller, id, async (invoice, session) => {
      const identifier = change.recipient ?? invoice.recipient.identifier;
      const serviceCode = change.serviceCode === undefined ? invoice.serviceCode : change.serviceCode;
      const commitmentNumber =
        change.commitmentNumber === undefined ? invoice.commitmentNumber : change.commitmentNumber;
      const structure = await session.structure(identifier);
      const service =
        serviceCode === null ? noService : await session.service({ structure: identifier, code: serviceCode });
      const { contractNumber } = invoice;
      const addressed = judgeAddressing(structure, service, { serviceCode, commitmentNumber, contractNumber });
      if (!addressed.accepted) throw new CommandRefused(addressed.code, addressed.message);
      const name = structure.status === 'none' ? null : structure.name;
      const recipient = { identifier, name };
      return recycleInvoice(invoice, { recipient, serviceCode, commitmentNumber, comment: change.comment });
    });
  }
}

@CommandHandler(CorrectValidator)
export class CorrectValidatorHandler implements ICommandHandler<CorrectValidator> {
  constructor(private readonly issuers: IssuerDecisions) {}

  execute({ caller, id, validator, comment }: CorrectValidator): Promise<StatusOutcome> {
    return this.issuers.decide(caller, id, async (invoice, session) => {
      const structure = await session.structure(validator);
      // The name of a natural person is personal and stays out of the log (R01).
      const name = structure.status === 'none' || structure.person !== null ? null : structure.name;
      return correctValidator(invoice, { validator: { identifier: validator, name }, comment });
    });
  }
}

@CommandHandler(AcknowledgeRejection)
export class AcknowledgeRejectionHandler implements ICommandHandler<AcknowledgeRejection> {
  constructor(private readonly issuers: IssuerDecisions) {}

  execute({ caller, id }: AcknowledgeRejection): Promise<StatusOutcome> {
    return this.issuers.decide(caller, id, (invoice) => Promise.resolve(acknowledgeRejection(invoice)));
  }
}
