import { finding, hasFatal, type Finding } from '../finding/finding.js';
import type { FindingSeverity } from '../finding/catalogue-entry.js';
import { openInvoice } from '../invoice/open-invoice.js';
import type { ReadableInvoice } from '../invoice/opened.js';
import { readingOf, type ReadOptions } from '../invoice/read-invoice.js';
import type { InvoiceFormat } from '../invoice/reading.js';
import type { InvoiceTerms } from '../invoice/terms.js';
import type { CarriedDocument, Extraction } from '../supporting/extract.js';
import { supportingLimitsOf, type DepositWay } from '../supporting/limits.js';
import { findingOf } from './finding-of.js';
import { remainingIdentification } from './identification.js';
import { chosenSets, ruleSetNamed, type JudgedSet, type NamedRuleSet } from './rule-sets.js';
import { structureFindings } from './structure-findings.js';

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

/**
 * Judges one invoice: file safety, syntax, structure, EN 16931 and the French sets (R43). Whatever is wrong with the invoice is
 * a finding; nothing is thrown for what a partner sent.
 *
 * @param bytes all the bytes of the document, or of the fragment
 * @param options what the bytes are, as an index entry says it, and how to judge them
 * @throws UnknownRuleSet when `rules` names no set
 * @throws SchemaFolderError when the folder of schemas is not one
 */
export async function judgeInvoice(bytes: Buffer, options: JudgeOptions): Promise<Judgement> {
  const alone = options.rules === undefined ? null : knownSet(options.rules);
  const opened = await openInvoice(bytes, options);
  if (opened.status !== 'read') {
    const { status, findings, terms } = opened;
    return { status, format: null, rules: [], findings: bounded(findings), terms, supportingDocuments: [] };
  }
  const sets = alone === null ? chosenSets(opened, options.interfaceCode ?? null) : [alone];
  const structure = alone === null ? await structureOf(opened, sets, options.schemaFolder ?? null) : [];
  const facts = { controlDate: options.controlDate ?? today() };
  const judged = sets.map((set) => set.judge(opened, facts, mostFindings));
  const findings = [...opened.findings, ...structure, ...setFindings(judged, structure)];
  const french = alone === null && sets.some((set) => set.french);
  const supporting =
    french && carriesDocuments(opened)
      ? await supportingDocumentsOf(opened, options.depositedBy ?? 'edi')
      : noDocuments;
  findings.push(...supporting.findings);
  if (french) findings.push(...remainingIdentification(readingOf(opened), findings));
  if (supporting.documents.length > 0 && !hasFatal(findings)) await options.keep?.(supporting.documents);
  return {
    status: 'judged',
    format: opened.format,
    rules: sets.map(({ name }) => name),
    findings: bounded(findings),
    terms: opened.terms,
    supportingDocuments: supporting.documents.map(described),
  };
}

const noDocuments: Extraction = { documents: [], findings: [] };

function carriesDocuments({ model }: ReadableInvoice): boolean {
  return model.supportingDocuments.some(({ content }) => content !== null);
}

async function supportingDocumentsOf({ model }: ReadableInvoice, way: DepositWay): Promise<Extraction> {
  // Most invoices carry nothing: what unpacks archives is loaded for those that do.
  const { extractSupportingDocuments } = await import('../supporting/extract.js');
  return extractSupportingDocuments(model, supportingLimitsOf(way));
}

function described(document: CarriedDocument): DescribedDocument {
  const { name, declaredName, declaredType, description, type, bytes, sha256, unpacked, location, line } = document;
  return { name, declaredName, declaredType, description, type, bytes, sha256, unpacked, location, line };
}

function knownSet(name: string): NamedRuleSet {
  const set = ruleSetNamed(name);
  if (set === null) throw new UnknownRuleSet(`Aucun jeu de règles ne s’appelle « ${name} ».`);
  return set;
}

/** Historic formats of the portal are judged by this set; see {@link structureOf}. */
const historicSet = 'chorus-historic';

function structureOf(
  invoice: ReadableInvoice,
  sets: readonly NamedRuleSet[],
  schemaFolder: string | null,
): Promise<Finding[]> {
  const severity: FindingSeverity | null = sets.some(({ name }) => name.startsWith(historicSet)) ? 'warning' : null;
  return structureFindings(invoice, { schemaFolder, severity, most: mostFindings });
}

/** What the sets found, each fault once: a rule that two sets share, a value of which the structure already says what is wrong. */
function setFindings(judged: readonly JudgedSet[], structure: readonly Finding[]): Finding[] {
  const findings: Finding[] = [];
  if (judged.every(({ violations, notComputable }) => violations.length === 0 && notComputable.length === 0)) {
    return findings;
  }
  const said = new Set<string>();
  const places = new Set(structure.map(({ location }) => location));
  for (const violation of fatalFirst(judged.flatMap(({ violations }) => violations))) {
    const one = findingOf(violation);
    const key = `${one.rule} ${one.location} ${one.message}`;
    if (!said.has(key)) findings.push(one);
    said.add(key);
  }
  for (const element of new Set(judged.flatMap(({ notComputable }) => notComputable))) {
    const { location, line } = element;
    if (!places.has(location))
      findings.push(finding('VALUE-NOT-COMPUTABLE', { location, line, found: element.stringValue }));
  }
  return findings;
}

/** When there are too many, those are kept that decide. */
function fatalFirst<Item extends { readonly severity: FindingSeverity }>(items: readonly Item[]): readonly Item[] {
  if (items.length <= mostFindings) return items;
  const warnings = items.filter(({ severity }) => severity === 'warning');
  return [...items.filter(({ severity }) => severity === 'fatal'), ...warnings].slice(0, mostFindings);
}

function bounded(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= mostFindings) return findings;
  return [...fatalFirst(findings), finding('FINDINGS-CUT', { expected: mostFindings })];
}

const inParis = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

function today(): string {
  return inParis.format(new Date());
}
