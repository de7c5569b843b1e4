import { Module } from '@nestjs/common';
import { ChangeInvoiceStatusHandler, ValidateInvoiceHandler } from './change-status.js';
import { OpenSupportingDocumentHandler } from './invoice-documents.js';
import { GetInvoiceHandler, ListInvoicesHandler } from './invoice-queries.js';
import { InvoicesInLife } from './invoices-in-life.js';
import {
  AcknowledgeRejectionHandler,
  CompleteInvoiceHandler,
  CorrectValidatorHandler,
  IssuerDecisions,
  RecycleInvoiceHandler,
} from './issuer-commands.js';
import { LifecycleController } from './lifecycle.controller.js';

/** The life of invoices: lists, details, statuses, recycling, validation (R25 to R27). */
@Module({
  controllers: [LifecycleController],
  providers: [
    InvoicesInLife,
    IssuerDecisions,
    ChangeInvoiceStatusHandler,
    ValidateInvoiceHandler,
    RecycleInvoiceHandler,
    CompleteInvoiceHandler,
    CorrectValidatorHandler,
    AcknowledgeRejectionHandler,
    ListInvoicesHandler,
    GetInvoiceHandler,
    OpenSupportingDocumentHandler,
  ],
})
export class LifecycleModule {}
