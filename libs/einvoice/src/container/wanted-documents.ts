import type { RuleId } from '../finding/catalogue.js';
import { invoiceRoots, unsupportedFormat } from '../invoice/formats.js';
import { statusMessageRoot, statusUnitRoot } from '../status/status-roots.js';
import type { RootTag } from './prolog.js';

/** What a flow carries: it decides where its XML is cut, and what is said when there is nothing of the kind in it. */
export interface WantedDocuments {
  /** Local names of the elements that a batch is cut at. */
  readonly units: readonly string[];
  /** Whether a document with this root is one of its own, and not a batch. */
  readonly isSingle: (root: Pick<RootTag, 'localName' | 'namespace'>) => boolean;
  /** The refusal of a file without any. */
  readonly none: RuleId;
}

/** Invoices (R42). */
export const wantedInvoices: WantedDocuments = {
  units: invoiceRoots,
  isSingle: ({ localName, namespace }) =>
    invoiceRoots.some((one) => one === localName) || unsupportedFormat(localName, namespace) !== null,
  none: 'FILE-NO-INVOICE',
};

/** Statuses that a recipient gives (R25): the units of a CPPStatut file, or one CDAR message for each file. */
export const wantedStatuses: WantedDocuments = {
  units: [statusUnitRoot],
  isSingle: ({ localName }) => localName === statusMessageRoot,
  none: 'FILE-NO-STATUS',
};
