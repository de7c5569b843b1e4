import type { IndexEntry, NamespaceContext } from '../container/index-entry.js';
import type { Finding } from '../finding/finding.js';

/** What `readInvoice` is told about the bytes; an index entry says all of it. */
export interface ReadOptions {
  readonly kind: IndexEntry['kind'];
  /** Namespace declarations around a fragment of a batch; null for a document of its own. */
  readonly context?: NamespaceContext | null;
  /** Why pass one already refused this one. */
  readonly refusal?: Finding;
}
