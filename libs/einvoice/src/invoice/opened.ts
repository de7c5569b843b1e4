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

/** An opened invoice; its terms are only made when they are asked for. */
export function opened({ shape, root, model, xml, context, embeddedInPdf }: KnownDocument): ReadableInvoice {
  const customization = model.specification?.value ?? null;
  const format = {
    ...shape,
    customization,
    conformance: conformanceOf(customization),
    profile: model.businessProcess?.value ?? null,
    embeddedInPdf,
  };
  let terms: InvoiceTerms | null = null;
  return {
    status: 'read',
    format,
    root,
    model,
    xml,
    context,
    findings: [],
    get terms() {
      return (terms ??= termsOf(model));
    },
  };
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
