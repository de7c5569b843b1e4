import type { NamespaceContext } from '../container/index-entry.js';
import type { Finding } from '../finding/finding.js';
import type { Invoice } from '../model/invoice.js';
import type { XmlElement } from '../xml/element.js';
import { conformanceOf } from './conformance.js';
import type { DocumentShape } from './formats.js';
import type { InvoiceFormat } from './reading.js';
import { noTerms, type InvoiceTerms } from './terms.js';
import { termsOf } from './terms-of.js';

/** An invoice that could be read, with all that rules look at. It holds its whole document: not for another thread. */
export interface ReadableInvoice {
  readonly status: 'read';
  readonly format: InvoiceFormat;
  /** The parsed document. */
  readonly root: XmlElement;
  /** The same in the words of EN 16931. */
  readonly model: Invoice;
  /** The terms, made when they are asked for; `plainTerms` makes them fit for another thread. */
  readonly terms: InvoiceTerms;
  /** The bytes of the XML in UTF-8, without byte order mark: what a schema validator is given. */
  readonly xml: Buffer;
  /** Namespace declarations around a fragment of a batch; null for a document of its own. */
  readonly context: NamespaceContext | null;
  readonly findings: readonly Finding[];
}

/** An invoice that could not be read, with what can be said of it nevertheless: a reject should name it (R44). */
export interface UnreadableInvoice {
  /** `unreadable`: not well formed, unsafe or of no known format; `unsupported`: recognised but not read here. */
  readonly status: 'unreadable' | 'unsupported';
  readonly format: null;
  /** What could be parsed; null when nothing could. */
  readonly root: XmlElement | null;
  readonly model: Invoice | null;
  readonly terms: InvoiceTerms;
  /** At least one finding that is fatal. */
  readonly findings: readonly Finding[];
}

/** The outcome of opening one invoice. */
export type OpenedInvoice = ReadableInvoice | UnreadableInvoice;

/** What is known of a document that is one of ours. */
export interface KnownDocument extends Pick<ReadableInvoice, 'root' | 'model' | 'xml' | 'context'> {
  readonly shape: DocumentShape;
  readonly embeddedInPdf: boolean;
}

/** An opened invoice. */
export function opened(document: KnownDocument): ReadableInvoice {
  return new OpenedDocument(document);
}

/**
 * A class, because of its getter: an object literal with one gets a hidden class of its own, which lives long and holds on to
 * the document, so that every tree was promoted out of the young generation and the collector took a fifth of the time.
 */
class OpenedDocument implements ReadableInvoice {
  readonly status = 'read';
  readonly format: InvoiceFormat;
  readonly root: XmlElement;
  readonly model: Invoice;
  readonly xml: Buffer;
  readonly context: NamespaceContext | null;
  readonly findings: readonly Finding[] = [];
  #terms: InvoiceTerms | null = null;

  constructor({ shape, root, model, xml, context, embeddedInPdf }: KnownDocument) {
    const customization = model.specification?.value ?? null;
    this.format = {
      syntax: shape.syntax,
      document: shape.document,
      customization,
      conformance: conformanceOf(customization),
      profile: model.businessProcess?.value ?? null,
      embeddedInPdf,
    };
    this.root = root;
    this.model = model;
    this.xml = xml;
    this.context = context;
  }

  /** Made when they are asked for. */
  get terms(): InvoiceTerms {
    return (this.#terms ??= termsOf(this.model));
  }
}

/** An invoice that was not opened, for these reasons. */
export function refusedOpening(
  status: UnreadableInvoice['status'],
  findings: readonly Finding[],
  root: XmlElement | null = null,
  model: Invoice | null = null,
): UnreadableInvoice {
  return { status, format: null, root, model, findings, terms: model === null ? noTerms : termsOf(model) };
}
