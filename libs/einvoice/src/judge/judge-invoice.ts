import type { FindingSeverity } from '../finding/catalogue-entry.js';
import { finding, hasFatal, type Finding } from '../finding/finding.js';
import { openInvoice } from '../invoice/open-invoice.js';
import type { ReadableInvoice, UnreadableInvoice } from '../invoice/opened.js';
import { readingOf } from '../invoice/read-invoice.js';
import type { CarriedDocument, Extraction } from '../supporting/extract.js';
import { supportingLimitsOf, type DepositWay } from '../supporting/limits.js';
import { findingOf } from './finding-of.js';
import { remainingIdentification } from './identification.js';
import {
  mostFindings,
  UnknownRuleSet,
  type DescribedDocument,
  type JudgeOptions,
  type Judgement,
} from './judgement.js';
import { chosenSets, ruleSetNamed, type JudgedSet, type NamedRuleSet } from './rule-sets.js';
import { structureFindings } from './structure-findings.js';

/** The bytes of one document or fragment, and how to judge them. */
export interface InvoiceToJudge {
  readonly bytes: Buffer;
  /** What the bytes are, as an index entry says it, and how to judge them. */
  readonly options: JudgeOptions;
}

/** Invoices that are taken through the layers together at most; twice as many gain next to nothing. */
const mostTogether = 8;
/** Bytes that such invoices have together at most: their trees, twenty times that, are in memory at once. */
const mostBytesTogether = 256 * 1024;

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
  const [judgement] = await judgeTogether([{ bytes, options }]);
  if (judgement === undefined) throw new Error('An invoice was not judged');
  return judgement;
}

/**
 * Judges invoices, each as {@link judgeInvoice} does. A few at a time go through each layer one behind the other: there is more
 * code of rules than the caches of a processor hold, and what one invoice has brought there serves the next. That takes two
 * thirds of the time of judging one after the other.
 *
 * Documents are held on to by the terms of their judgements: whoever keeps those makes them plain (`plainTerms`) as they come.
 *
 * @param invoices taken up as they are judged
 * @returns the judgements in the order of the invoices, each beside what it was asked for
 * @throws as {@link judgeInvoice}
 */
export async function* judgeInvoices<Item extends InvoiceToJudge>(
  invoices: Iterable<Item> | AsyncIterable<Item>,
): AsyncGenerator<{ readonly item: Item; readonly judgement: Judgement }> {
  for await (const group of smallGroups(invoices)) {
    const judgements = await judgeTogether(group);
    for (const [index, item] of group.entries()) {
      const judgement = judgements[index];
      if (judgement !== undefined) yield { item, judgement };
    }
  }
}

async function* smallGroups<Item extends InvoiceToJudge>(
  invoices: Iterable<Item> | AsyncIterable<Item>,
): AsyncGenerator<Item[]> {
  let group: Item[] = [];
  let size = 0;
  for await (const invoice of invoices) {
    const { length } = invoice.bytes;
    if (group.length > 0 && (group.length === mostTogether || size + length > mostBytesTogether)) {
      yield group;
      group = [];
      size = 0;
    }
    group.push(invoice);
    size += length;
  }
  if (group.length > 0) yield group;
}

/** An invoice that could be read, on its way through the layers. */
class Case {
  sets: readonly NamedRuleSet[];
  structure: readonly Finding[] = [];
  judged: JudgedSet[] = [];

  /** @param alone the only set to judge by; null for those that the interface or the document calls for */
  constructor(
    readonly invoice: ReadableInvoice,
    readonly options: JudgeOptions,
    readonly alone: NamedRuleSet | null,
  ) {
    this.sets = alone === null ? [] : [alone];
  }
}

async function judgeTogether(group: readonly InvoiceToJudge[]): Promise<Judgement[]> {
  const opened: (Case | UnreadableInvoice)[] = [];
  for (const { bytes, options } of group) {
    const alone = options.rules === undefined ? null : knownSet(options.rules);
    const invoice = await openInvoice(bytes, options);
    opened.push(invoice.status === 'read' ? new Case(invoice, options, alone) : invoice);
  }
  const cases = opened.filter((one) => one instanceof Case);
  for (const one of cases) {
    if (one.alone === null) one.sets = chosenSets(one.invoice, one.options.interfaceCode ?? null);
  }
  for (const one of cases) if (one.alone === null) one.structure = await structureOf(one);
  judgeBySets(cases);
  const judgements: Judgement[] = [];
  for (const one of opened) judgements.push(one instanceof Case ? await judgementOf(one) : notJudged(one));
  return judgements;
}

/** Set by set, each over all the invoices that it is for. */
function judgeBySets(cases: readonly Case[]): void {
  for (const set of new Set(cases.flatMap(({ sets }) => sets))) {
    const concerned = cases.filter(({ sets }) => sets.includes(set));
    const judged = set.judgeAll(
      concerned.map(({ invoice, options }) => ({ invoice, facts: { controlDate: options.controlDate ?? today() } })),
      mostFindings,
    );
    for (const [index, one] of concerned.entries()) {
      const outcome = judged[index];
      if (outcome !== undefined) one.judged[one.sets.indexOf(set)] = outcome;
    }
  }
}

async function judgementOf({ invoice, options, alone, sets, structure, judged }: Case): Promise<Judgement> {
  const findings = [...invoice.findings, ...structure, ...setFindings(judged, structure)];
  const french = alone === null && sets.some((set) => set.french);
  const supporting =
    french && carriesDocuments(invoice)
      ? await supportingDocumentsOf(invoice, options.depositedBy ?? 'edi')
      : noDocuments;
  findings.push(...supporting.findings);
  if (french) findings.push(...remainingIdentification(readingOf(invoice), findings));
  if (supporting.documents.length > 0 && !hasFatal(findings)) await options.keep?.(supporting.documents);
  return {
    status: 'judged',
    format: invoice.format,
    rules: sets.map(({ name }) => name),
    findings: bounded(findings),
    terms: invoice.terms,
    supportingDocuments: supporting.documents.map(described),
  };
}

function notJudged({ status, findings, terms }: UnreadableInvoice): Judgement {
  return { status, format: null, rules: [], findings: bounded(findings), terms, supportingDocuments: [] };
}

const noDocuments: Extraction = { documents: [], findings: [] };

function carriesDocuments({ model }: ReadableInvoice): boolean {
  return model.supportingDocuments.some(({ content }) => content !== null);
}

/** Most invoices carry nothing: what unpacks archives is loaded for the first that does. */
let extraction: Promise<typeof import('../supporting/extract.js')> | null = null;

async function supportingDocumentsOf({ model }: ReadableInvoice, way: DepositWay): Promise<Extraction> {
  const { extractSupportingDocuments } = await (extraction ??= import('../supporting/extract.js'));
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

function structureOf({ invoice, sets, options }: Case): Promise<Finding[]> {
  const severity: FindingSeverity | null = sets.some(({ name }) => name.startsWith(historicSet)) ? 'warning' : null;
  return structureFindings(invoice, { schemaFolder: options.schemaFolder ?? null, severity, most: mostFindings });
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
