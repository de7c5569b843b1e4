import {
  CONFIGURATION,
  OBJECTS,
  openInvoiceBytes,
  type Caller,
  type Configuration,
  type InvoiceBytes,
} from '#application';
import type { InvoiceIntegrated } from '#domain';
import { EventStore } from '#events';
import type { ObjectStore } from '#persistence';
import { Inject, Injectable } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { archiveOf } from './invoice-archive.js';
import { notFound } from './invoices-in-life.js';
import { seenInvoice } from './seen-invoice.js';

/** The invoice itself, as its issuer sent it: XML or PDF. */
export class OpenInvoiceDocument extends Query<InvoiceBytes & { readonly name: string }> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {
    super();
  }
}

/** The whole file of an invoice as a zip: itself, its supporting documents, a manifest. */
export class OpenInvoiceFile extends Query<{ readonly name: string; readonly stream: Readable }> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {
    super();
  }
}

/** Opens what invoices are made of. */
@Injectable()
export class InvoiceFiles {
  constructor(
    private readonly store: EventStore,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /** The invoice's own bytes. */
  open(integrated: InvoiceIntegrated['data']): Promise<InvoiceBytes> {
    return openInvoiceBytes(this.objects, this.configuration.WORK_FOLDER, integrated);
  }

  /** One of its supporting documents. */
  openDocument(sha256: string): Promise<Readable> {
    return this.objects.open(sha256);
  }

  /** What an invoice is that the caller may see. @throws Problem `FAC-404` */
  async find(caller: Caller, id: string) {
    const { stream, documents } = await seenInvoice(this.store.pool, caller, id);
    for await (const { type, data } of this.store.readStream(stream, { limit: 1 }))
      if (type === 'InvoiceIntegrated') return { integrated: data as InvoiceIntegrated['data'], documents };
    throw notFound();
  }
}

@QueryHandler(OpenInvoiceDocument)
export class OpenInvoiceDocumentHandler implements IQueryHandler<OpenInvoiceDocument> {
  constructor(private readonly files: InvoiceFiles) {}

  async execute({ caller, id }: OpenInvoiceDocument): Promise<InvoiceBytes & { readonly name: string }> {
    const { integrated } = await this.files.find(caller, id);
    const opened = await this.files.open(integrated);
    return { ...opened, name: nameOf(integrated, opened.kind) };
  }
}

@QueryHandler(OpenInvoiceFile)
export class OpenInvoiceFileHandler implements IQueryHandler<OpenInvoiceFile> {
  constructor(private readonly files: InvoiceFiles) {}

  async execute({ caller, id }: OpenInvoiceFile): Promise<{ readonly name: string; readonly stream: Readable }> {
    const { integrated, documents } = await this.files.find(caller, id);
    const invoice = await this.files.open(integrated);
    const { number, issueDate, issuer, flowNumber } = integrated;
    const stream = archiveOf(
      [
        { role: 'invoice', name: nameOf(integrated, invoice.kind), open: () => Promise.resolve(invoice.stream) },
        ...documents.map(({ name, sha256 }) => ({
          role: 'supporting-document' as const,
          name,
          open: () => this.files.openDocument(sha256),
        })),
      ],
      { invoice: id, number, issueDate, issuer: issuer.identifier, flowNumber },
    );
    return { name: nameOf(integrated, 'zip'), stream };
  }
}

/** A name for what is downloaded: the invoice's number without what no system takes in a name. */
function nameOf({ number }: InvoiceIntegrated['data'], extension: string): string {
  return `facture-${number.replace(/[^\p{L}\p{N}._-]+/gu, '_')}.${extension}`;
}
