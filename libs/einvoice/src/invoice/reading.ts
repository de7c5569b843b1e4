import type { Finding } from '../finding/finding.js';
import type { Conformance } from './conformance.js';
import type { DocumentShape } from './formats.js';
import type { InvoiceTerms } from './terms.js';

/** What format an invoice is in. */
export interface InvoiceFormat extends DocumentShape {
  /** BT-24: the specification that the invoice says it follows; null for the historic formats. */
  readonly customization: string | null;
  /** The profile that BT-24 names; null when it names none that is known. */
  readonly conformance: Conformance | null;
  /** BT-23 or historic billing frame. */
  readonly profile: string | null;
  /** Whether the XML came out of a PDF (Factur-X, ZUGFeRD). */
  readonly embeddedInPdf: boolean;
}

/** The outcome of reading one invoice. */
export type InvoiceReading =
  | {
      readonly status: 'read';
      readonly format: InvoiceFormat;
      readonly invoice: InvoiceTerms;
      readonly findings: readonly Finding[];
    }
  | {
      /** `unreadable`: not well formed, unsafe or of no known format; `unsupported`: recognised but not read here. */
      readonly status: 'unreadable' | 'unsupported';
      readonly findings: readonly Finding[];
      /** What could be read nevertheless, so that the reject can name the invoice (R44). */
      readonly invoice: InvoiceTerms;
    };
