import {
  invoiceStream,
  origin,
  type FlowDeposited,
  type InvoiceIntegrated,
  type InvoiceRejected,
  type Party,
} from '#domain';
import { finding, isResendable, type Finding, type IndexEntry, type InvoiceTerms } from '#einvoice';
import { rejectReason, type KnownStructure } from '#application';
import type { JudgedInvoice } from './judge-thread.js';

/** The flow that the invoices came in. */
export interface FlowOfInvoices {
  readonly deposit: FlowDeposited['data'];
  readonly depositedAt: string;
}

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
 * Sorts a batch by what the validator and the directory say: a known, active recipient is required (R23, R43).
 * Uniqueness is decided later, in the transaction that records.
 */
export function sortOut(
  flow: FlowOfInvoices,
  batch: readonly JudgedInvoice[],
  directory: ReadonlyMap<string, KnownStructure>,
): Outcomes {
  const candidates: Candidate[] = [];
  const rejected: { judged: JudgedInvoice; findings: readonly Finding[] }[] = [];
  for (const judged of batch) {
    const findings = [...judged.findings, ...controlRecipient(judged.terms, directory)];
    const candidate = findings.some(({ severity }) => severity === 'fatal') ? null : toCandidate(flow, judged);
    if (candidate === null) rejected.push({ judged, findings });
    else candidates.push(candidate);
  }
  return { candidates, rejected };
}

/** Identifiers of recipients that a batch names: what to look up in the directory, once for all. */
export function recipientsOf(batch: readonly JudgedInvoice[]): string[] {
  const identifiers = batch.flatMap(({ terms }) => recipientIdentifier(terms) ?? []);
  return [...new Set(identifiers)];
}

/** Place of an invoice in its flow, from 1, as people count; the index counts from 0. */
export function rankOf(entry: IndexEntry): number {
  return entry.rank + 1;
}

/** The reject of an invoice, with every reason that keeps it out. */
export function rejectOf(
  flow: FlowOfInvoices,
  day: string,
  { entry, terms }: JudgedInvoice,
  findings: readonly Finding[],
): InvoiceRejected['data'] {
  const fatal = findings.filter(({ severity }) => severity === 'fatal');
  return {
    ...origin(flow.deposit, flow.depositedAt, day),
    issuer: issuerOf(terms),
    invoiceNumber: terms.number?.value ?? null,
    invoiceDate: terms.issueDate?.value ?? null,
    recipientIdentifier: recipientIdentifier(terms),
    serviceCode: terms.recipient.serviceCode?.value ?? null,
    amount: terms.totals.totalWithVat?.value ?? null,
    currency: terms.currency?.value ?? null,
    rank: rankOf(entry),
    member: entry.member,
    reasons: fatal.map(rejectReason),
    resendable: fatal.every(({ rule }) => isResendable(rule)),
  };
}

function controlRecipient(terms: InvoiceTerms, directory: ReadonlyMap<string, KnownStructure>): Finding[] {
  const identifier = recipientIdentifier(terms);
  if (identifier === null) return []; // its absence is a finding of the validator
  const term = terms.recipient.identifiers.find(({ value }) => value === identifier);
  const place = { location: term?.location ?? null, line: term?.line ?? null, found: identifier };
  const structure = directory.get(identifier);
  if (structure === undefined) return [finding('RECIPIENT-UNKNOWN', place)];
  if (structure.active) return [];
  const expected = structure.successor === null ? null : structure.successor;
  return [finding('RECIPIENT-INACTIVE', { ...place, expected })];
}

function toCandidate({ deposit, depositedAt }: FlowOfInvoices, judged: JudgedInvoice): Candidate | null {
  const { entry, terms, syntax } = judged;
  const issuer = issuerOf(terms);
  const recipient = recipientIdentifier(terms);
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
      serviceCode: value(terms.recipient.serviceCode),
      commitmentNumber: value(terms.commitmentNumber),
      contractNumber: value(terms.contractNumber),
      dueDate: value(terms.dueDate),
      currency: value(terms.currency),
      totalWithoutVat: value(terms.totals.totalWithoutVat),
      totalVat: value(terms.totals.totalVat),
      totalWithVat: value(terms.totals.totalWithVat),
      amountDue: value(terms.totals.amountDue),
      syntax,
      document: { object: deposit.sha256, offset: entry.offset, length: entry.length, sha256: entry.sha256 },
    },
  };
}

/** SIRET first, then SIREN, then whatever names the party. */
function identifierOf({ identifiers }: InvoiceTerms['supplier']): string | null {
  const best =
    identifiers.find(({ kind }) => kind === 'SIRET') ??
    identifiers.find(({ kind }) => kind === 'SIREN') ??
    identifiers[0];
  return best?.value ?? null;
}

function issuerOf({ supplier }: InvoiceTerms): Party | null {
  const identifier = identifierOf(supplier);
  return identifier === null ? null : { identifier, name: supplier.name?.value ?? null };
}

function recipientIdentifier({ recipient }: InvoiceTerms): string | null {
  return identifierOf(recipient);
}
