import { OBJECTS, type Caller } from '#application';
import type { SupportingDocument } from '#domain';
import { EventStore } from '#events';
import type { ObjectStore } from '#persistence';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { notFound } from './invoices-in-life.js';
import { seenInvoice } from './seen-invoice.js';

/** A supporting document of an invoice that the caller may see, as it came. */
export class OpenSupportingDocument extends Query<{ document: SupportingDocument; bytes: Readable }> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
    /** 64 hexadecimal digits. */
    readonly sha256: string,
  ) {
    super();
  }
}

@QueryHandler(OpenSupportingDocument)
export class OpenSupportingDocumentHandler implements IQueryHandler<OpenSupportingDocument> {
  constructor(
    private readonly store: EventStore,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
  ) {}

  /** An object is opened by way of an invoice that cites it, never by its name alone: names of content tell who has what. */
  async execute({
    caller,
    id,
    sha256,
  }: OpenSupportingDocument): Promise<{ document: SupportingDocument; bytes: Readable }> {
    const { documents } = await seenInvoice(this.store.pool, caller, id);
    const document = documents.find((one) => one.sha256 === sha256);
    if (document === undefined) throw notFound();
    return { document, bytes: await this.objects.open(sha256) };
  }
}
