import { CommandRefused, type Caller } from '#application';
import {
  addSupportingDocuments,
  completeInvoice,
  judgeDocuments,
  type Decision,
  type InvoiceEvent,
  type LivingInvoice,
  type SupportingDocument,
} from '#domain';
import { interactiveSupportingLimits } from '#einvoice';
import { EventStore } from '#events';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CitedFile } from '../uploads/bodies.js';
import { uploadedFiles } from '../uploads/uploaded-files.js';
import type { StatusOutcome } from './change-status.js';
import { IssuerDecisions } from './issuer-commands.js';

/** Answers a suspension, with what was missing (R25). */
export class CompleteInvoice extends Command<StatusOutcome> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
    readonly comment: string | null,
    readonly documents: readonly CitedFile[],
  ) {
    super();
  }
}

/** Joins documents to an invoice whose life goes on as it is (R24). */
export class AddSupportingDocuments extends Command<StatusOutcome> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
    readonly documents: readonly CitedFile[],
  ) {
    super();
  }
}

@CommandHandler(CompleteInvoice)
export class CompleteInvoiceHandler implements ICommandHandler<CompleteInvoice> {
  constructor(
    private readonly issuers: IssuerDecisions,
    private readonly store: EventStore,
  ) {}

  execute({ caller, id, comment, documents }: CompleteInvoice): Promise<StatusOutcome> {
    return this.issuers.decide(caller, id, async (invoice) => {
      const supportingDocuments = await ownUploads(this.store, caller, documents);
      return withinLimits(invoice, supportingDocuments, completeInvoice(invoice, { comment, supportingDocuments }));
    });
  }
}

@CommandHandler(AddSupportingDocuments)
export class AddSupportingDocumentsHandler implements ICommandHandler<AddSupportingDocuments> {
  constructor(
    private readonly issuers: IssuerDecisions,
    private readonly store: EventStore,
  ) {}

  execute({ caller, id, documents }: AddSupportingDocuments): Promise<StatusOutcome> {
    return this.issuers.decide(caller, id, async (invoice) =>
      addSupportingDocuments(invoice, await ownUploads(this.store, caller, documents), interactiveSupportingLimits),
    );
  }
}

/** @throws CommandRefused `FIC-007` */
async function ownUploads(
  store: EventStore,
  caller: Caller,
  documents: readonly CitedFile[],
): Promise<readonly SupportingDocument[]> {
  const uploaded = await uploadedFiles(store, caller, documents);
  if (uploaded !== null) return uploaded;
  throw new CommandRefused('FIC-007', 'Transmettez d’abord vous-même chacune de ces pièces (POST /api/files).');
}

/** A refusal by the status comes first: it is what the issuer has to know. */
function withinLimits(
  invoice: LivingInvoice,
  documents: readonly SupportingDocument[],
  decision: Decision<InvoiceEvent>,
): Decision<InvoiceEvent> {
  if (!decision.accepted) return decision;
  const judged = judgeDocuments(invoice, documents, interactiveSupportingLimits);
  return judged.accepted ? decision : judged;
}
