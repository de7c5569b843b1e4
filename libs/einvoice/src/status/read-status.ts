import type { IndexEntry } from '../container/index-entry.js';
import { finding, hasFatal, type Finding } from '../finding/finding.js';
import { isCalendarDate } from '../judge/identification.js';
import type { XmlElement } from '../xml/element.js';
import { openTree } from '../xml/open-tree.js';
import { judgeCdar } from './cdar-rules.js';
import { elementAt, elementsAt, textAt, textsAt } from './elements.js';
import { cdarNamespace, statusMessageRoot, statusUnitRoot } from './status-roots.js';
import type { StatusReading, StatusUnit } from './status-unit.js';

const REFERENCE = 'AcknowledgementDocument/ReferenceReferencedDocument';
/** As of a date and time of XML Schema; the zone may be left out. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/;
/** Most characters of the number of a payment order. */
const LONGEST_PAYMENT_ORDER = 100;

/**
 * Reads one status that a recipient dropped (FSO1301A: a unit of a CPPStatut file, or a CDAR message; R25), as safely as an
 * invoice is read, and judges what it says of itself. Never throws on what a partner sent.
 *
 * @param bytes all the bytes of the document, or of the fragment
 * @param entry what the bytes are; an `IndexEntry` as it stands
 */
export function readStatus(bytes: Buffer, entry: Pick<IndexEntry, 'kind' | 'context' | 'refusal'>): StatusReading {
  const { kind, context, refusal } = entry;
  const known = refusal === undefined ? [] : [refusal];
  if (kind === 'refused') return { unit: null, findings: known };
  if (kind === 'pdf') return { unit: null, findings: [...known, finding('STATUS-FORMAT', { found: 'PDF' })] };
  const tree = openTree(bytes, context);
  const { root } = tree;
  const unit = root === null ? null : unitOf(root);
  if (!tree.whole) return { unit, findings: [...known, ...tree.findings] };
  if (unit === null) return { unit, findings: [...known, finding('STATUS-FORMAT', { found: tree.root.localName })] };
  return { unit, findings: [...known, ...faultsOf(tree.root, unit)] };
}

function unitOf(root: XmlElement): StatusUnit | null {
  if (root.localName === statusUnitRoot) return ofCppStatut(root);
  return root.localName === statusMessageRoot && root.namespace === cdarNamespace ? ofCdar(root) : null;
}

function ofCppStatut(unit: XmlElement): StatusUnit {
  const said = (name: string): string | null => textAt(unit, `DonneesStatut/${name}`);
  return {
    syntax: 'CPPStatut',
    issuer: textAt(unit, 'Fournisseur/Identifiant'),
    invoiceNumber: said('IdFacture'),
    invoiceDate: said('DateFacture'),
    cppStatut: said('IdStatut'),
    afnor: null,
    reason: null,
    complement: said('ComplementStatut'),
    comment: said('Commentaire'),
    paymentOrder: said('IdMandatDP'),
    since: said('Horodatage'),
  };
}

function ofCdar(message: XmlElement): StatusUnit {
  const said = (path: string): string | null => textAt(message, `${REFERENCE}/${path}`);
  const notes = textsAt(message, `${REFERENCE}/SpecifiedDocumentStatus/IncludedNote/Content`);
  const since = elementAt(message, 'AcknowledgementDocument/IssueDateTime/DateTimeString');
  return {
    syntax: 'CDAR',
    issuer: said('IssuerTradeParty/GlobalID'),
    invoiceNumber: said('IssuerAssignedID'),
    invoiceDate: compactDate(said('FormattedIssueDateTime/DateTimeString')),
    cppStatut: null,
    afnor: said('ProcessConditionCode'),
    reason: said('SpecifiedDocumentStatus/ReasonCode'),
    complement: null,
    comment: notes.length === 0 ? null : notes.join('\n'),
    paymentOrder: null,
    since: compactInstant(since?.text.trim() ?? null),
  };
}

/** `yyyymmdd` (format 102) as a date; anything else as it is. */
function compactDate(text: string | null): string | null {
  return text?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') ?? null;
}

/** `yyyymmddhhmmss` (format 204) as an instant; anything else as it is. */
function compactInstant(text: string | null): string | null {
  return text?.replace(/^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/, '$1-$2-$3T$4:$5:$6') ?? null;
}

function faultsOf(root: XmlElement, unit: StatusUnit): Finding[] {
  const isCdar = unit.syntax === 'CDAR';
  const references = isCdar ? elementsAt(root, REFERENCE).length : 1;
  if (references !== 1) return [finding('STATUS-SEVERAL', { found: references })];
  const ofProfile = isCdar ? judgeCdar(root) : [];
  // What the profile found missing is not said twice.
  return hasFatal(ofProfile) ? ofProfile : [...ofProfile, ...identificationFaults(root, unit)];
}

function identificationFaults(root: XmlElement, unit: StatusUnit): Finding[] {
  const { location, line } = elementAt(root, unit.syntax === 'CDAR' ? REFERENCE : 'DonneesStatut') ?? root;
  const findings: Finding[] = [];
  const add = (
    rule: Parameters<typeof finding>[0],
    found: string | null = null,
    expected: number | null = null,
  ): void => void findings.push(finding(rule, { location, line, found, expected }));
  if (unit.issuer === null) add('STATUS-ISSUER');
  if (unit.invoiceNumber === null) add('STATUS-NUMBER');
  if (unit.invoiceDate === null || !isCalendarDate(unit.invoiceDate)) add('STATUS-INVOICE-DATE', unit.invoiceDate);
  if (unit.cppStatut === null && unit.afnor === null) add('STATUS-CODE');
  if (unit.since === null || !isInstant(unit.since)) add('STATUS-INSTANT', unit.since);
  if ((unit.paymentOrder?.length ?? 0) > LONGEST_PAYMENT_ORDER)
    add('STATUS-PAYMENT-ORDER', unit.paymentOrder, LONGEST_PAYMENT_ORDER);
  return findings;
}

function isInstant(text: string): boolean {
  const day = INSTANT.exec(text)?.[1];
  return day !== undefined && isCalendarDate(day) && !Number.isNaN(Date.parse(text));
}
