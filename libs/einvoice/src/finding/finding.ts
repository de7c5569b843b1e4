import type { FindingLayer, FindingSeverity, ReasonCode } from './catalogue-entry.js';
import { catalogueEntry, type RuleId } from './catalogue.js';
import { fillTemplate } from './template.js';

/**
 * One violated rule: code, message and faulty datum, as G7.29 asks of every functional reject.
 */
export interface Finding {
  /** Official family of the reason, e.g. `IRR_SYNTAX`. */
  readonly code: ReasonCode;
  /** Stable id of the rule, e.g. `BR-02`. */
  readonly rule: RuleId;
  readonly layer: FindingLayer;
  readonly severity: FindingSeverity;
  /** French: the name of the term first, then what is wrong, then what to do. */
  readonly message: string;
  /** Absolute XPath of the faulty datum, when there is one; its beginning is left out of one beyond 2,000 characters. */
  readonly location: string | null;
  /** Line of the document (1 = first), counted from the start of the invoice. */
  readonly line: number | null;
  /** Byte offset in the file where reading stopped, for a finding about a file. */
  readonly offset?: number;
  /** Name of the member of an archive, when the finding is about one. */
  readonly member?: string;
  /** What was found, cut at 200 characters. */
  readonly found: string | null;
  /** What was expected, when it can be said. */
  readonly expected: string | null;
}

/** What is particular to one occurrence of a rule. */
export interface FindingDetails {
  readonly location?: string | null;
  readonly line?: number | null;
  readonly offset?: number | undefined;
  readonly member?: string | null | undefined;
  readonly found?: string | number | null;
  readonly expected?: string | number | null;
  /** Severity of the rule where it was applied, when it is not that of the catalogue (BR-51 is a warning in UBL only). */
  readonly severity?: FindingSeverity | undefined;
  /** Values of the other `{names}` of the rule's French sentence. */
  readonly values?: Readonly<Record<string, string>>;
}

const maximumFoundLength = 200;
/** Ten times what the deepest datum of a real invoice has. */
const maximumLocationLength = 2000;

/**
 * Makes a finding from the catalogue's texts and the particulars of one occurrence.
 *
 * @param rule id of a rule of the {@link catalogue}
 */
export function finding(rule: RuleId, details: FindingDetails = {}): Finding {
  const entry = catalogueEntry(rule);
  const found = boundedText(details.found);
  const expected = boundedText(details.expected);
  const member = boundedText(details.member);
  const values: Record<string, string> = { ...details.values };
  if (found !== null) values['found'] = found;
  if (expected !== null) values['expected'] = expected;
  if (member !== null) values['member'] = member;
  return {
    code: entry.code,
    rule,
    layer: entry.layer,
    severity: details.severity ?? entry.severity,
    message: `${fillTemplate(entry.fr, values)} ${fillTemplate(entry.action, values)}`,
    location: boundedLocation(details.location ?? null),
    line: details.line ?? null,
    ...(details.offset === undefined ? {} : { offset: details.offset }),
    ...(member === null ? {} : { member }),
    found,
    expected,
  };
}

/** Whether a list of findings keeps the document out. */
export function hasFatal(findings: readonly Finding[]): boolean {
  return findings.some((one) => one.severity === 'fatal');
}

/** Nesting of 256 levels under known names makes XPaths that no log and no sheet should hold a hundred times. */
function boundedLocation(location: string | null): string | null {
  if (location === null || location.length <= maximumLocationLength) return location;
  return `…${location.slice(1 - maximumLocationLength)}`;
}

function boundedText(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  // Control characters of a hostile document must not reach a terminal, a log line or a CSV cell.
  // eslint-disable-next-line no-control-regex
  const text = String(value).replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
  return text.length <= maximumFoundLength ? text : `${text.slice(0, maximumFoundLength - 1)}…`;
}
