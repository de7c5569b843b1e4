import {
  CONFIGURATION,
  contactOfCentralService,
  Decisions,
  linesOfContact,
  OBJECTS,
  openInvoiceBytes,
  type Caller,
  type Configuration,
} from '#application';
import type { InvoiceIntegrated, SupportingDocument } from '#domain';
import { EventStore, type RecordedEvent } from '#events';
import type { ObjectStore } from '#persistence';
import { Inject, Injectable } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { notFound } from '../lifecycle/invoices-in-life.js';
import { seenInvoice } from '../lifecycle/seen-invoice.js';
import { Problem } from '../platform/problem.js';
import { OneThread, ThreadCrashed, ThreadFull } from '../threads/one-thread.js';
import type { ReadableInvoiceResult, ReadableInvoiceTask } from './readable-invoice-thread.js';

/** Largest XML that is read to be shown; with its supporting documents in base64 an invoice has 120 MB at most (R24). */
const MOST_BYTES = 170 * 1024 * 1024;

/** An invoice as a PDF. */
export interface InvoicePdf {
  readonly number: string;
  readonly size: number;
  readonly bytes: Readable;
  /** Whether it came with the invoice: what a partner sent is not ours to run. */
  readonly isPartners: boolean;
}

/** Look at an invoice that the caller may see, as a PDF (R28). */
export class OpenInvoicePdf extends Query<InvoicePdf> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {
    super();
  }
}

/** Prints invoices in one thread beside the API. */
@Injectable()
export class InvoicePrinter extends OneThread<ReadableInvoiceTask, ReadableInvoiceResult> {
  constructor() {
    super(new URL('./readable-invoice-thread.js', import.meta.url));
  }
}

@QueryHandler(OpenInvoicePdf)
export class OpenInvoicePdfHandler implements IQueryHandler<OpenInvoicePdf> {
  constructor(
    private readonly store: EventStore,
    private readonly decisions: Decisions,
    private readonly printer: InvoicePrinter,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async execute({ caller, id }: OpenInvoicePdf): Promise<InvoicePdf> {
    const { stream, documents, ...sides } = await seenInvoice(this.store.pool, caller, id);
    const recorded = await this.firstOf(stream);
    const integrated = recorded.data as InvoiceIntegrated['data'];
    const { number } = integrated;
    const { WORK_FOLDER } = this.configuration;
    const invoice = await openInvoiceBytes(this.objects, WORK_FOLDER, integrated);
    if (invoice.kind === 'pdf') return { number, size: invoice.size, bytes: invoice.stream, isPartners: true };
    const office = await contactOfCentralService(this.decisions, sides);
    const facts = { integratedAt: recorded.occurredAt, contact: office === null ? [] : linesOfContact(office) };
    const kept = documents.map(({ sha256 }) => sha256);
    const result = await this.print(invoice.stream, invoice.size, (path) => this.printer.run({ path, kept, facts }));
    if (result.outcome === 'printed')
      return { number, size: result.pdf.length, bytes: Readable.from([result.pdf]), isPartners: false };
    const brought = documents.find(({ sha256 }) => result.outcome === 'brought' && sha256 === result.sha256);
    if (brought === undefined) throw cannotBeShown();
    return this.asItCame(number, brought);
  }

  private async firstOf(stream: string): Promise<RecordedEvent> {
    for await (const event of this.store.readStream(stream, { limit: 1 })) return event;
    throw notFound();
  }

  private async asItCame(number: string, { sha256, size }: SupportingDocument): Promise<InvoicePdf> {
    return { number, size, bytes: await this.objects.open(sha256), isPartners: true };
  }

  /** The thread is given a file, so that invoices that wait for it hold no memory. */
  private async print(
    bytes: Readable,
    size: number,
    run: (path: string) => Promise<ReadableInvoiceResult>,
  ): Promise<ReadableInvoiceResult> {
    const folder = join(this.configuration.WORK_FOLDER, `readable-${randomUUID()}`);
    try {
      if (size > MOST_BYTES) throw cannotBeShown();
      await mkdir(folder, { recursive: true });
      const path = join(folder, 'invoice.xml');
      await pipeline(bytes, createWriteStream(path));
      return await run(path);
    } catch (error) {
      if (error instanceof ThreadCrashed) throw cannotBeShown();
      if (error instanceof ThreadFull)
        throw new Problem(
          503,
          'PDF-001',
          'Trop de factures sont en cours de mise en page : recommencez dans une minute.',
        );
      throw error;
    } finally {
      bytes.destroy();
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function cannotBeShown(): Problem {
  return new Problem(
    422,
    'PDF-002',
    'Cette facture ne peut pas être mise en page : téléchargez ses données et ses pièces jointes.',
  );
}
