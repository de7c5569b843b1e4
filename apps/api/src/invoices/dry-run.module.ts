import { Module } from '@nestjs/common';
import { DryRun } from './dry-run.js';
import { InvoiceChecks } from './invoice-checks.js';

/** Judging invoices before anybody deposits them: one thread for all who ask. */
@Module({ providers: [DryRun, InvoiceChecks], exports: [DryRun, InvoiceChecks] })
export class DryRunModule {}
