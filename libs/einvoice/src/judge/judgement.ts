import type { Finding } from '../finding/finding.js';
import type { ReadOptions } from '../invoice/read-invoice.js';
import type { InvoiceFormat } from '../invoice/reading.js';
import type { InvoiceTerms } from '../invoice/terms.js';
import type { CarriedDocument } from '../supporting/extract.js';
import type { DepositWay } from '../supporting/limits.js';

/** How an invoice is to be judged. */
export interface JudgeOptions extends ReadOptions {
  /**
   * A rule set alone, by its name (`en16931`, `afnor-2025-11`), without any gate of structure or platform: a fragment is judged
   * by it as a whole invoice is. Without it, the sets that the interface or the document calls for.
   */
  readonly rules?: string;
  /** Interface code of the flow that brought the invoice, e.g. `FSO1100A`. */
  readonly interfaceCode?: string;
  /** How the invoice came, which sets the limits of its supporting documents (R24); by EDI when it is not given. */
  readonly depositedBy?: DepositWay;
  /** Folder of XSD schemas (see `schemasIn`); without it the structure is judged by the tables of this library. */
  readonly schemaFolder?: string;
  /** Day of the control in Paris, `yyyy-mm-dd`; today when it is not given. */
  readonly controlDate?: string;
  /** Given the supporting documents of an invoice that nothing keeps out, while their bytes can still be read. */
  readonly keep?: (documents: readonly CarriedDocument[]) => Promise<void>;
}

/** What is said of an invoice, as plain data but for the terms: `plainTerms` makes them fit for the store and another thread. */
export interface Judgement {
  /** `unreadable`: not well formed, unsafe or of no known format; `unsupported`: recognised but not read here. */
  readonly status: 'judged' | 'unreadable' | 'unsupported';
  readonly format: InvoiceFormat | null;
  /** Names of the rule sets that were applied, in their order. */
  readonly rules: readonly string[];
  /** Every violated rule once for each place, in the order of the layers (R43); at most about {@link mostFindings}. */
  readonly findings: readonly Finding[];
  /** As far as they could be read: a reject should name the invoice (R44). */
  readonly terms: InvoiceTerms;
  /** What the invoice carries (BT-125), unpacked; described when French rules judge it, which set its limits (R24). */
  readonly supportingDocuments: readonly DescribedDocument[];
}

/** A supporting document without its bytes. */
export type DescribedDocument = Omit<CarriedDocument, 'stream'>;

/** A rule set was asked for by a name that none has. */
export class UnknownRuleSet extends Error {
  override readonly name = 'UnknownRuleSet';
}

/** Findings of one invoice that are reported: nobody reads more, and a hostile one could have millions. */
export const mostFindings = 1000;
