import { CONFIGURATION, OBJECTS, writeUbl, type Configuration } from '#application';
import { draftAmounts, missingTerms, type DraftContent, type Structure } from '#domain';
import type { InvoiceReport } from '#einvoice';
import type { ObjectStore } from '#persistence';
import { Inject, Injectable } from '@nestjs/common';
import { InvoiceChecks } from '../invoices/invoice-checks.js';
import { scratchFile } from '../invoices/receive-file.js';
import { draftFinding } from './draft-findings.js';
import type { SendingView } from './draft-views.js';

/** The interface by which invoices that are typed go: UBL in the formats of the reform. */
export const DRAFT_INTERFACE = 'FSO1150A';

/** An invoice that somebody typed, as it is to be issued now. */
export interface TypedInvoice {
  /** UUID of its draft. */
  readonly draft: string;
  readonly content: DraftContent;
  readonly issuer: Exclude<Structure, { status: 'none' }>;
  readonly recipient: Structure;
}

/** The document of an invoice that somebody typed, with what the controls say of it. */
export interface CheckedDocument {
  readonly checked: Omit<SendingView, 'draft' | 'sent' | 'flowNumber'>;
  /** A file that is there until it is removed. */
  readonly path: string;
  remove(): Promise<void>;
}

/** Writes the documents of invoices that people type, and has them judged as every other invoice (R20, R22). */
@Injectable()
export class IssuedDocuments {
  constructor(
    private readonly checks: InvoiceChecks,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /**
   * Writes the UBL document of an invoice and judges it: rules, directory, uniqueness.
   *
   * @returns the document, which whoever asked must remove
   * @throws Problem as {@link InvoiceChecks.check}
   */
  async write({ draft, content, issuer, recipient }: TypedInvoice): Promise<CheckedDocument> {
    const amounts = draftAmounts(content);
    // Of a structure that is no public entity nothing is told but that it is there (R23).
    const recipientName = recipient.status !== 'none' && recipient.publicEntity ? recipient.name : null;
    const bytes = writeUbl(draft, { content, amounts, issuer, recipientName }, (sha256) => this.objects.open(sha256));
    const file = await scratchFile(bytes, this.configuration.WORK_FOLDER);
    try {
      const [report] = await this.checks.check({
        path: file.path,
        name: draft,
        options: { interfaceCode: DRAFT_INTERFACE },
      });
      if (report === undefined) throw new Error('A document was judged without a verdict');
      return { ...file, checked: checkedOf(content, report) };
    } catch (error) {
      await file.remove();
      throw error;
    }
  }
}

function checkedOf(content: DraftContent, { valid, findings, rules }: InvoiceReport): CheckedDocument['checked'] {
  return {
    valid,
    missing: missingTerms(content),
    findings: findings.map(draftFinding),
    rules,
    amounts: draftAmounts(content),
  };
}
