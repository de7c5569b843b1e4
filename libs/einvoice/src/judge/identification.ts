import type { FindingSeverity } from '../finding/catalogue-entry.js';
import { finding, type Finding, type FindingDetails } from '../finding/finding.js';
import { catalogueEntry, type RuleId } from '../finding/catalogue.js';
import type { InvoiceReading } from '../invoice/reading.js';
import type { InvoiceTerms, PartyIdentifier, Term } from '../invoice/terms.js';

/** Longest number that is worth keeping; the rule sets by interface set their own, shorter limits (20 or 35). */
const longestNumber = 100;

const amountLabels: readonly (readonly [keyof InvoiceTerms['totals'], string])[] = [
  ['linesTotal', 'Somme des montants nets des lignes'],
  ['totalWithoutVat', 'Montant total hors TVA'],
  ['totalVat', 'Montant total de TVA'],
  ['totalWithVat', 'Montant total TTC'],
  ['prepaid', 'Montant déjà payé'],
  ['amountDue', 'Montant à payer'],
];

/**
 * Judges what identifies an invoice: its number, its date, its parties and its totals are there and have the right shape.
 * Every violated rule is reported (R43).
 *
 * The rules of EN 16931 on presence apply to a document that says by BT-24 that it follows the standard; of any other, the
 * historic formats, only one of the two totals with VAT is asked. Names and sums that official samples of the portal leave
 * out give warnings: the identifier decides who the recipient is.
 *
 * @returns nothing for an invoice that could not be read: its own findings say why, and missing terms prove nothing
 */
export function judgeIdentification(reading: InvoiceReading): Finding[] {
  if (reading.status !== 'read') return [];
  const { invoice } = reading;
  const standard = invoice.specification?.value.startsWith('urn:cen.eu:en16931') ?? false;
  const findings: Finding[] = [];
  addNumberFindings(findings, invoice.number);
  addDateFindings(findings, invoice.issueDate);
  addPartyFindings(findings, invoice);
  if (standard) addMissingTerms(findings, invoice);
  else addMissingTotals(findings, invoice);
  addAmountFindings(findings, invoice);
  return findings;
}

/**
 * What of {@link judgeIdentification} is left to say when rule sets have judged the invoice too: one fault, one finding. A
 * finding falls away when another stands at the same place, or, for what is missing, is about one of the same terms.
 *
 * @param others what the other rules found
 */
export function remainingIdentification(reading: InvoiceReading, others: readonly Finding[]): Finding[] {
  const own = judgeIdentification(reading);
  if (own.length === 0) return own;
  const places = new Set(others.map(({ location }) => location));
  const terms = new Set(others.flatMap(({ rule }) => catalogueEntry(rule).terms));
  return own.filter(({ rule, location }) =>
    location === null ? !catalogueEntry(rule).terms.some((term) => terms.has(term)) : !places.has(location),
  );
}

/** Whether the text is a date of the Gregorian calendar written `yyyy-mm-dd`. */
export function isCalendarDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

function addNumberFindings(findings: Finding[], number: Term): void {
  if (number === null) findings.push(finding('BR-02'));
  // eslint-disable-next-line no-control-regex
  else if (number.value.length > longestNumber || /[\u0000-\u001f\u007f-\u009f]/.test(number.value))
    findings.push(about('ID-NUMBER-SHAPE', number, { expected: longestNumber }));
}

function addDateFindings(findings: Finding[], date: Term): void {
  if (date === null) findings.push(finding('BR-03'));
  else if (!isCalendarDate(date.value))
    findings.push(about('ID-DATE-SHAPE', date, { expected: 'AAAA-MM-JJ (UBL) ou AAAAMMJJ (CII)' }));
  else if (!date.value.startsWith('20')) findings.push(about('ID-DATE-RANGE', date));
}

function addPartyFindings(findings: Finding[], { supplier, recipient }: InvoiceTerms): void {
  if (supplier.identifiers.length === 0) findings.push(finding('ID-SUPPLIER-MISSING'));
  if (recipient.identifiers.length === 0) findings.push(finding('ID-RECIPIENT-MISSING'));
  for (const identifier of supplier.identifiers) addIdentifierFindings(findings, identifier);
  for (const identifier of recipient.identifiers) addIdentifierFindings(findings, identifier);
}

function addIdentifierFindings(findings: Finding[], identifier: PartyIdentifier): void {
  const { kind, value } = identifier;
  if (kind === 'SIRET' && !/^\d{14}$/.test(value)) findings.push(about('ID-SIRET-SHAPE', identifier));
  else if (kind === 'SIREN' && !/^\d{9}$/.test(value)) findings.push(about('ID-SIREN-SHAPE', identifier));
}

function addMissingTerms(findings: Finding[], { supplier, recipient, totals }: InvoiceTerms): void {
  const demand = (rule: RuleId, severity: FindingSeverity, term: Term): void => {
    if (term === null) findings.push(finding(rule, { severity }));
  };
  demand('BR-06', 'warning', supplier.name);
  demand('BR-07', 'warning', recipient.name);
  demand('BR-12', 'warning', totals.linesTotal);
  demand('BR-13', 'warning', totals.totalWithoutVat);
  demand('BR-14', 'fatal', totals.totalWithVat);
  demand('BR-15', 'fatal', totals.amountDue);
}

function addMissingTotals(findings: Finding[], { totals }: InvoiceTerms): void {
  if (totals.totalWithVat === null && totals.amountDue === null) findings.push(finding('BR-14'));
}

function addAmountFindings(findings: Finding[], { totals }: InvoiceTerms): void {
  for (const [name, label] of amountLabels) {
    const amount = totals[name];
    // xsd:decimal: no exponent, no separator but the point, at least one digit.
    if (amount === null || /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(amount.value)) continue;
    findings.push(about('ID-AMOUNT-SHAPE', amount, { values: { term: label } }));
  }
}

function about(rule: RuleId, term: NonNullable<Term>, details: FindingDetails = {}): Finding {
  return finding(rule, { found: term.value, location: term.location, line: term.line, ...details });
}
