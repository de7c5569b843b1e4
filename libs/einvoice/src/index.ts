/**
 * Recognises, splits, reads and judges electronic invoices (UBL, CII, Factur-X) and the flows that carry them. Knows nothing
 * of the platform.
 *
 * @packageDocumentation
 */
export {
  catalogue,
  catalogueEntry,
  catalogueSections,
  isResendable,
  isRuleId,
  type CatalogueSection,
  type CatalogueSectionName,
  type RuleId,
} from './finding/catalogue.js';
export { rulesBySet } from './finding/rules-by-set.js';
export { searchCatalogue, type CatalogueFilter } from './finding/search-catalogue.js';
export { explainTemplate } from './finding/template.js';
export type { CatalogueEntry, FindingLayer, FindingSeverity, ReasonCode } from './finding/catalogue-entry.js';
export { finding, hasFatal, type Finding, type FindingDetails } from './finding/finding.js';
export { mostRejectFindings, rejectFindings } from './finding/reject-findings.js';

export { parseFlowName, type FlowName } from './edi/flow-name.js';
export {
  carriesStatuses,
  interfaceCode,
  interfaceCodes,
  type FlowClass,
  type InterfaceCode,
} from './edi/interface-codes.js';

export { recognise, recogniseHeadBytes, type Recognition } from './container/recognise.js';
export { defaultLimits, type ContainerLimits } from './container/limits.js';
export { indexContainer, type IndexOptions } from './container/index-container.js';
export type { IndexProgress } from './container/index-task.js';
export { ContainerRefused } from './container/container-refused.js';
export type { ContainerIndex, ContainerKind, IndexEntry, NamespaceContext } from './container/index-entry.js';
export { findInvoice, type FoundInvoice, type WantedInvoice } from './container/find-invoice.js';
export { missingDeclarations } from './container/standalone.js';
export { readIndex, type ReadIndexOptions } from './container/read-index.js';

export { wantedStatuses, type WantedDocuments } from './container/wanted-documents.js';
export * as cdarCodes from './status/cdar-codes.js';
export { readStatus } from './status/read-status.js';
export type { StatusReading, StatusUnit } from './status/status-unit.js';

export { extractSupportingDocuments, type CarriedDocument, type Extraction } from './supporting/extract.js';
export { documentTypeOf, typeHeadBytes, type DocumentType } from './supporting/document-type.js';
export { extensionOf, hasForbiddenSigns, shownName, storableName } from './supporting/document-name.js';
export {
  interactiveSupportingLimits,
  supportingLimits,
  supportingLimitsOf,
  type DepositWay,
  type SupportingLimits,
} from './supporting/limits.js';

export { openInvoice } from './invoice/open-invoice.js';
export type { OpenedInvoice, ReadableInvoice, UnreadableInvoice } from './invoice/opened.js';
export type { Invoice as InvoiceModel } from './model/invoice.js';
export type { Conformance } from './invoice/conformance.js';
export { plainTerms } from './invoice/plain-terms.js';
export { readEntry, readingOf, readInvoice, type ReadOptions } from './invoice/read-invoice.js';
export type { InvoiceFormat, InvoiceReading } from './invoice/reading.js';
export {
  noTerms,
  type DocumentTotals,
  type IdentifierKind,
  type InvoiceTerms,
  type LocatedValue,
  type InvoiceParty,
  type PartyIdentifier,
  type Term,
} from './invoice/terms.js';

export { isCalendarDate, judgeIdentification } from './judge/identification.js';
export { reportOf, type InvoiceReport } from './judge/invoice-report.js';
export { judgeByDirectory } from './judge/judge-by-directory.js';
export { judgeFile, type FileJudgement, type JudgeFileOptions } from './judge/judge-file.js';
export { judgeInvoice, judgeInvoices, type InvoiceToJudge } from './judge/judge-invoice.js';
export {
  mostFindings,
  UnknownRuleSet,
  type DescribedDocument,
  type Judgement,
  type JudgeOptions,
} from './judge/judgement.js';
export {
  identifierInDirectory,
  serviceCodeOf,
  type DirectoryFacts,
  type KnownRecipient,
} from './rules/france/index.js';
export { ruleSets, type NamedRuleSet } from './judge/rule-sets.js';
export { SchemaFolderError } from './xsd/schema-folder-error.js';
