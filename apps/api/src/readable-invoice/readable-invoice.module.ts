import { Module } from '@nestjs/common';
import { InvoicePrinter, OpenInvoicePdfHandler } from './invoice-pdf.js';
import { ReadableInvoiceController } from './readable-invoice.controller.js';

/** Invoices as people read them (R28). */
@Module({
  controllers: [ReadableInvoiceController],
  providers: [InvoicePrinter, OpenInvoicePdfHandler],
})
export class ReadableInvoiceModule {}
