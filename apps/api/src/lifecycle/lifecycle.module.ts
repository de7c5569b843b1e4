import { Module } from '@nestjs/common';
import { ChangeInvoiceStatusHandler, ValidateInvoiceHandler } from './change-status.js';
import { OpenSupportingDocumentHandler } from './invoice-documents.js';
import { InvoiceFiles, OpenInvoiceDocumentHandler, OpenInvoiceFileHandler } from './invoice-file.js';
import { GetInvoiceHandler } from './get-invoice.js';
import { ListInvoicesHandler } from './list-invoices.js';
import { InvoicesInLife } from './invoices-in-life.js';
import {
  AcknowledgeRejectionHandler,
  CorrectValidatorHandler,
  IssuerDecisions,
  RecycleInvoiceHandler,
} from './issuer-commands.js';
import { AddSupportingDocumentsHandler, CompleteInvoiceHandler } from './issuer-documents.js';
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
    AddSupportingDocumentsHandler,
    InvoiceFiles,
    OpenInvoiceDocumentHandler,
    OpenInvoiceFileHandler,
    CorrectValidatorHandler,
    AcknowledgeRejectionHandler,
    ListInvoicesHandler,
    GetInvoiceHandler,
    OpenSupportingDocumentHandler,
  ],
})
export class LifecycleModule {}
