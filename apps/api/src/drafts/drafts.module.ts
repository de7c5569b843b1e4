import { Module } from '@nestjs/common';
import { DryRunModule } from '../invoices/dry-run.module.js';
import { DeleteDraftHandler, SaveDraftHandler } from './draft-commands.js';
import { GetDraftHandler, ListDraftsHandler } from './draft-queries.js';
import { DraftsController } from './drafts.controller.js';
import { IssuedDocuments } from './issued-documents.js';
import { SendFileHandler } from './send-file.js';
import { SendInvoiceHandler } from './send-invoice.js';
import { SentFilesController } from './sent-files.controller.js';
import { GetWorkListHandler } from './work-list.js';
import { WorkListController } from './work-list.controller.js';

/** Invoices that people type, and files that they send, by the same door as every flow (R20 to R22). */
@Module({
  imports: [DryRunModule],
  controllers: [DraftsController, SentFilesController, WorkListController],
  providers: [
    IssuedDocuments,
    SaveDraftHandler,
    DeleteDraftHandler,
    GetDraftHandler,
    ListDraftsHandler,
    SendInvoiceHandler,
    SendFileHandler,
    GetWorkListHandler,
  ],
})
export class DraftsModule {}
