import {
  invoiceStream,
  origin,
  type FlowDeposited,
  type InvoiceIntegrated,
  type InvoiceRejected,
  type Party,
  type PrecedingInvoice,
} from '#domain';
import {
  finding,
  hasFatal,
  isResendable,
  rejectFindings,
  type Finding,
  type IndexEntry,
  type InvoiceTerms,
} from '#einvoice';
import { controlByDirectory, directoryIdentifier, rejectReason, type DirectoryExtract } from '#application';
import type { JudgedInvoice } from './judged-invoice.js';

/** The flow that the invoices came in. */
export interface FlowOfInvoices {
  readonly deposit: FlowDeposited['data'];
  readonly depositedAt: string;
}

/** Warnings that are kept of an invoice that is let in: a document may break a rule at every line. */
const MOST_WARNINGS = 20;

/** Earlier invoices that are kept of one document: the lines of a credit note may name thousands. */
const MOST_PRECEDING_INVOICES = 100;

/** An invoice that nothing but its uniqueness can keep out any more. */
export interface Candidate {
  readonly judged: JudgedInvoice;
  readonly stream: string;
  readonly event: InvoiceIntegrated['data'];
}

export interface Outcomes {
  readonly candidates: readonly Candidate[];
  readonly rejected: readonly { readonly judged: JudgedInvoice; readonly findings: readonly Finding[] }[];
}

/**
 * Sorts a batch by what the validator and the directory say (R23, R43).
 * Uniqueness is decided later, in the transaction that records.
 */
export function sortOut(flow: FlowOfInvoices, batch: readonly JudgedInvoice[], directory: DirectoryExtract): Outcomes {
  const candidates: Candidate[] = [];
  const rejected: { judged: JudgedInvoice; findings: readonly Finding[] }[] = [];
  for (const judged of batch) {
    const findings = [...judged.findings, ...controlByDirectory(judged, directory)];
    const candidate = hasFatal(findings) ? null : toCandidate(flow, judged, findings);
    if (candidate === null) rejected.push({ judged, findings });
    else candidates.push(candidate);
  }
  return { candidates, rejected };
}

/**
 * Rejects the candidates that carry an infected document (R24).
 *
 * @param infected SHA-256 of documents, with the names of their viruses
 */
export function rejectInfected({ candidates, rejected }: Outcomes, infected: ReadonlyMap<string, string>): Outcomes {
  const findingsOf = ({ judged }: Candidate): readonly Finding[] =>
    judged.supportingDocuments.flatMap(({ name, sha256, location, line }) => {
      const found = infected.get(sha256);
      return found === undefined
        ? []
        : [finding('DOCUMENT-INFECTED', { location, line, found, values: { term: name } })];
    });
  const looked = candidates.map((candidate) => ({ candidate, findings: findingsOf(candidate) }));
  return {
    candidates: looked.filter(({ findings }) => findings.length === 0).map(({ candidate }) => candidate),
    rejected: [
      ...rejected,
      ...looked
        .filter(({ findings }) => findings.length > 0)
        .map(({ candidate: { judged }, findings }) => ({ judged, findings: [...judged.findings, ...findings] })),
    ],
  };
}

/** Place of an invoice in its flow, from 1, as people count; the index counts from 0. */
export function rankOf(entry: IndexEntry): number {
  return entry.rank + 1;
}

/** The reject of an invoice, with the reasons that keep it out: every broken rule, at a bounded number of places. */
export function rejectOf(
  flow: FlowOfInvoices,
  day: string,
  { entry, terms, rules, supportingDocuments }: JudgedInvoice,
  findings: readonly Finding[],
): InvoiceRejected['data'] {
  const fatal = findings.filter(({ severity }) => severity === 'fatal');
  return {
    ...origin(flow.deposit, flow.depositedAt, day),
    issuer: issuerOf(terms),
    invoiceNumber: terms.number?.value ?? null,
    invoiceDate: terms.issueDate?.value ?? null,
    recipientIdentifier: directoryIdentifier(terms.recipient),
    serviceCode: terms.recipient.serviceCode?.value ?? null,
    amount: terms.totals.totalWithVat?.value ?? null,
    currency: terms.currency?.value ?? null,
    rank: rankOf(entry),
    member: entry.member,
    rules,
    supportingDocuments: supportingDocuments.map(({ name }) => name),
    reasons: rejectFindings(fatal).map(rejectReason),
    resendable: fatal.every(({ rule }) => isResendable(rule)),
  };
}

function toCandidate(
  { deposit, depositedAt }: FlowOfInvoices,
  judged: JudgedInvoice,
  warnings: readonly Finding[],
): Candidate | null {
  const { entry, terms, syntax, rules, supportingDocuments } = judged;
  const issuer = issuerOf(terms);
  const recipient = directoryIdentifier(terms.recipient);
  if (!terms.number || !terms.issueDate || !issuer || recipient === null || syntax === null || deposit.sha256 === null)
    throw new Error(`Invoice ${rankOf(entry)} judged good without what identifies it`);
  const value = (term: { readonly value: string } | null): string | null => term?.value ?? null;
  return {
    judged,
    stream: invoiceStream(issuer.identifier, terms.number.value, terms.issueDate.value),
    event: {
      flowNumber: deposit.flowNumber,
      rank: rankOf(entry),
      member: entry.member,
      channel: deposit.channel,
      depositedAt,
      sender: deposit.sender,
      number: terms.number.value,
      issueDate: terms.issueDate.value,
      typeCode: value(terms.typeCode),
      billingFrame: value(terms.billingFrame),
      issuer,
      recipient: { identifier: recipient, name: value(terms.recipient.name) },
      validator: partyOf(terms.validator ?? terms.sellerAgent),
      serviceCode: value(terms.recipient.serviceCode),
      commitmentNumber: value(terms.commitmentNumber),
      contractNumber: value(terms.contractNumber),
      dueDate: value(terms.dueDate),
      currency: value(terms.currency),
      totalWithoutVat: value(terms.totals.totalWithoutVat),
      totalVat: value(terms.totals.totalVat),
      totalWithVat: value(terms.totals.totalWithVat),
      amountDue: value(terms.totals.amountDue),
      precedingInvoices: precedingInvoicesOf(terms),
      syntax,
      rules,
      warnings: warnings.slice(0, MOST_WARNINGS).map(rejectReason),
      supportingDocuments: supportingDocuments.map(({ name, type, bytes, sha256 }) => {
        return { name, type: type.mime, size: bytes, sha256 };
      }),
      document: { object: deposit.sha256, offset: entry.offset, length: entry.length, sha256: entry.sha256 },
    },
  };
}

/** Each once, however many lines name it. */
function precedingInvoicesOf({ precedingInvoices }: InvoiceTerms): readonly PrecedingInvoice[] {
  const named = new Map<string, PrecedingInvoice>();
  for (const { number, issueDate } of precedingInvoices) {
    if (number === null || named.size === MOST_PRECEDING_INVOICES) continue;
    const one = { number: number.value, issueDate: isoDay(issueDate?.value ?? null) };
    named.set(JSON.stringify(one), one);
  }
  return [...named.values()];
}

/** A day, or null for what could not be read as one. */
function isoDay(text: string | null): string | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}

function issuerOf({ supplier }: InvoiceTerms): Party | null {
  return partyOf(supplier);
}

/** A party by what the directory knows it by; null when it gives nothing of the kind. */
function partyOf(party: InvoiceTerms['supplier'] | null): Party | null {
  const identifier = directoryIdentifier(party);
  return identifier === null ? null : { identifier, name: party?.name?.value ?? null };
}
