import { CONFIGURATION, Decisions, type Caller, type Configuration } from '#application';
import {
  changeStatus,
  statusMeant,
  type InvoiceEvent,
  type InvoiceStatus,
  type NamedStatus,
  type Party,
} from '#domain';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { authoriseHand, InvoicesInLife } from './invoices-in-life.js';

/** Where an invoice stands after a command. */
export interface StatusOutcome {
  readonly status: InvoiceStatus;
}

/** The recipient processes an invoice (R25). */
export class ChangeInvoiceStatus extends Command<StatusOutcome> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
    readonly change: {
      /** The status, in one vocabulary of the field or in several. */
      readonly named: NamedStatus;
      readonly reason: string | null;
      readonly comment: string | null;
      readonly paymentOrder: string | null;
    },
  ) {
    super();
  }
}

@CommandHandler(ChangeInvoiceStatus)
export class ChangeInvoiceStatusHandler implements ICommandHandler<ChangeInvoiceStatus> {
  constructor(
    private readonly decisions: Decisions,
    private readonly invoices: InvoicesInLife,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async execute({ caller, id, change }: ChangeInvoiceStatus): Promise<StatusOutcome> {
    const stream = await this.invoices.streamOf(id);
    return this.decisions.decide(caller, async (session) => {
      const { invoice } = await this.invoices.load(session, stream);
      await authoriseHand(session, invoice, 'recipient');
      const { named, ...said } = change;
      const to = statusMeant(named, invoice);
      const mode = this.configuration.INVOICE_LIFECYCLE;
      const decided = typeof to === 'string' ? changeStatus(invoice, { ...said, to, by: 'recipient' }, mode) : to;
      await session.record<InvoiceEvent>(stream, decided);
      return { status: (await this.invoices.load(session, stream)).invoice.status };
    });
  }
}

/** A validator judges the invoice of a subcontractor or co-contractor (R27). */
export class ValidateInvoice extends Command<StatusOutcome> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
    readonly verdict: {
      readonly outcome: 'validated' | 'refused' | 'wrong-validator';
      readonly reason: string | null;
      readonly comment: string | null;
      /** The holder of the contract, when a first validator is not the holder. */
      readonly secondValidator: Party | null;
    },
  ) {
    super();
  }
}

@CommandHandler(ValidateInvoice)
export class ValidateInvoiceHandler implements ICommandHandler<ValidateInvoice> {
  constructor(
    private readonly decisions: Decisions,
    private readonly invoices: InvoicesInLife,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async execute({ caller, id, verdict }: ValidateInvoice): Promise<StatusOutcome> {
    const stream = await this.invoices.streamOf(id);
    return this.decisions.decide(caller, async (session) => {
      const { invoice } = await this.invoices.load(session, stream);
      const level = invoice.status === 'A_VALIDER_2' ? 2 : 1;
      await authoriseHand(session, invoice, 'validator');
      const { reason, comment, secondValidator } = verdict;
      const change = { to: statusOf(verdict.outcome, level), by: 'validator' as const, reason, comment };
      const decided = changeStatus(
        invoice,
        { ...change, paymentOrder: null, secondValidator },
        this.configuration.INVOICE_LIFECYCLE,
      );
      await session.record(stream, decided);
      return { status: (await this.invoices.load(session, stream)).invoice.status };
    });
  }
}

function statusOf(outcome: ValidateInvoice['verdict']['outcome'], level: 1 | 2): InvoiceStatus {
  if (outcome === 'wrong-validator') return 'ERREUR_FOURNISSEUR_SUR_VALIDEUR';
  return outcome === 'validated' ? `VALIDEE_${level}` : `REFUSEE_${level}`;
}
