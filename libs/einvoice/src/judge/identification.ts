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
  return [
    ...numberFindings(invoice.number),
    ...dateFindings(invoice.issueDate),
    ...partyFindings(invoice),
    ...(standard ? en16931Presence(invoice) : historicTotals(invoice)),
    ...amountFindings(invoice),
  ];
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

function numberFindings(number: Term): Finding[] {
  if (number === null) return [finding('BR-02')];
  // eslint-disable-next-line no-control-regex
  const wrong = number.value.length > longestNumber || /[\u0000-\u001f\u007f-\u009f]/.test(number.value);
  return wrong ? [about('ID-NUMBER-SHAPE', number, { expected: longestNumber })] : [];
}

function dateFindings(date: Term): Finding[] {
  if (date === null) return [finding('BR-03')];
  if (!isCalendarDate(date.value))
    return [about('ID-DATE-SHAPE', date, { expected: 'AAAA-MM-JJ (UBL) ou AAAAMMJJ (CII)' })];
  return date.value.startsWith('20') ? [] : [about('ID-DATE-RANGE', date)];
}

function partyFindings({ supplier, recipient }: InvoiceTerms): Finding[] {
  return [
    ...(supplier.identifiers.length === 0 ? [finding('ID-SUPPLIER-MISSING')] : []),
    ...(recipient.identifiers.length === 0 ? [finding('ID-RECIPIENT-MISSING')] : []),
    ...[...supplier.identifiers, ...recipient.identifiers].flatMap(identifierFindings),
  ];
}

function identifierFindings(identifier: PartyIdentifier): Finding[] {
  if (identifier.kind === 'SIRET' && !/^\d{14}$/.test(identifier.value)) return [about('ID-SIRET-SHAPE', identifier)];
  if (identifier.kind === 'SIREN' && !/^\d{9}$/.test(identifier.value)) return [about('ID-SIREN-SHAPE', identifier)];
  return [];
}

function en16931Presence(invoice: InvoiceTerms): Finding[] {
  const { totals } = invoice;
  const required: readonly (readonly [RuleId, FindingSeverity, Term])[] = [
    ['BR-06', 'warning', invoice.supplier.name],
    ['BR-07', 'warning', invoice.recipient.name],
    ['BR-12', 'warning', totals.linesTotal],
    ['BR-13', 'warning', totals.totalWithoutVat],
    ['BR-14', 'fatal', totals.totalWithVat],
    ['BR-15', 'fatal', totals.amountDue],
  ];
  return required.flatMap(([rule, severity, term]) => (term === null ? [finding(rule, { severity })] : []));
}

function historicTotals({ totals }: InvoiceTerms): Finding[] {
  return totals.totalWithVat === null && totals.amountDue === null ? [finding('BR-14')] : [];
}

function amountFindings({ totals }: InvoiceTerms): Finding[] {
  return amountLabels.flatMap(([name, label]) => {
    const amount = totals[name];
    // xsd:decimal: no exponent, no separator but the point, at least one digit.
    if (amount === null || /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(amount.value)) return [];
    return [about('ID-AMOUNT-SHAPE', amount, { values: { term: label } })];
  });
}

function about(rule: RuleId, term: NonNullable<Term>, details: FindingDetails = {}): Finding {
  return finding(rule, { found: term.value, location: term.location, line: term.line, ...details });
}
