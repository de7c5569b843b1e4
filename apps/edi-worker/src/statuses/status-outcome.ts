import { AccessRefused, rejectReason, type Session } from '#application';
import {
  aggregates,
  changeStatus,
  handOfStatus,
  instantOf,
  invoiceStream,
  permissionFor,
  statusMeant,
  type InvoiceStatus,
  type LifecycleMode,
  type LivingInvoice,
  type Refused,
  type RejectReason,
  type StatusOfFlow,
} from '#domain';
import { finding, hasFatal, rejectFindings, type Finding, type StatusUnit } from '#einvoice';
import { rankOf } from '../ingestion/outcomes.js';
import type { ReadStatus } from '../ingestion/status-thread.js';
import { namedStatus, saidReason } from './said-status.js';

/** How far the clock of a partner may be ahead of ours. */
const CLOCKS_APART_MS = 5 * 60_000;

/** A status that says enough to be looked up. */
type IdentifiedUnit = StatusUnit & {
  readonly issuer: string;
  readonly invoiceNumber: string;
  readonly invoiceDate: string;
};

/** What was decided of one status. */
type Verdict =
  | { readonly outcome: 'applied' | 'unchanged'; readonly status: InvoiceStatus }
  | { readonly outcome: 'refused'; readonly status: string | null; readonly reasons: readonly RejectReason[] };

/**
 * Gives one status to one invoice, by the same rights and the same decider as over HTTP (R25, R27), in a session whose other
 * statuses count for it. A status that the invoice has already changes nothing: whoever sends a file again is not told of faults.
 *
 * @param depositedAt instant at which the flow came in: no status was given after it
 */
export async function applyStatus(
  session: Session,
  { entry, unit, findings }: ReadStatus,
  mode: LifecycleMode,
  depositedAt: string,
): Promise<StatusOfFlow> {
  const faults = hasFatal(findings) || unit === null ? findings : datedAfter(unit, depositedAt);
  const verdict =
    unit === null || hasFatal(faults)
      ? { outcome: 'refused' as const, status: codeOf(unit), reasons: rejectFindings(faults).map(rejectReason) }
      : await decide(session, unit as IdentifiedUnit, mode);
  return {
    rank: rankOf(entry),
    member: entry.member,
    issuer: unit?.issuer ?? null,
    invoiceNumber: unit?.invoiceNumber ?? null,
    invoiceDate: unit?.invoiceDate ?? null,
    reasons: [],
    ...verdict,
  };
}

async function decide(session: Session, unit: IdentifiedUnit, mode: LifecycleMode): Promise<Verdict> {
  const stream = invoiceStream(unit.issuer, unit.invoiceNumber, unit.invoiceDate);
  const invoice = await session.load(aggregates.invoice, stream);
  if (invoice.status === null) return unknownInvoice(unit);
  const meant = statusMeant(namedStatus(unit, invoice.billingFrame), invoice);
  const isNamed = typeof meant === 'string';
  if (!(await isTheirs(session, invoice, isNamed ? meant : invoice.status))) return unknownInvoice(unit);
  if (invoice.issueDate !== unit.invoiceDate)
    return refused(
      unit,
      finding('STATUS-INVOICE-OTHER-DATE', { found: unit.invoiceDate, expected: invoice.issueDate }),
    );
  if (!isNamed) return refusedByDecider(unit, meant);
  if (invoice.status === meant) return { outcome: 'unchanged', status: meant };
  const { paymentOrder } = unit;
  const change = { to: meant, by: handOfStatus(meant), ...saidReason(unit, meant), paymentOrder };
  const decided = changeStatus(invoice, change, mode);
  if (!decided.accepted) return { ...refusedByDecider(unit, decided), status: meant };
  await session.record(stream, decided);
  return { outcome: 'applied', status: meant };
}

/** Whether whoever sent the flow may give the invoice such a status. Who may not learns nothing of the invoice. */
async function isTheirs(session: Session, invoice: LivingInvoice, status: InvoiceStatus): Promise<boolean> {
  const needed = permissionFor(invoice, handOfStatus(status));
  if (needed === null) return false;
  try {
    await session.authorise(needed.action, needed.party, needed.service);
    return true;
  } catch (error) {
    if (error instanceof AccessRefused) return false;
    throw error;
  }
}

function datedAfter({ since }: StatusUnit, depositedAt: string): Finding[] {
  const latest = Date.parse(depositedAt) + CLOCKS_APART_MS;
  const isLate = since !== null && instantOf(since).getTime() > latest;
  return isLate ? [finding('STATUS-INSTANT-FUTURE', { found: since })] : [];
}

function unknownInvoice(unit: IdentifiedUnit): Verdict {
  const found = `${unit.invoiceNumber} du ${unit.invoiceDate} de ${unit.issuer}`;
  return refused(unit, finding('STATUS-INVOICE-UNKNOWN', { found }));
}

function refused(unit: StatusUnit, why: Finding): Verdict {
  return { outcome: 'refused', status: codeOf(unit), reasons: [rejectReason(why)] };
}

/** A refusal of the decider, in the family of reasons of the life cycle (annexe 7, G7.19): a rule of management. */
function refusedByDecider(unit: StatusUnit, { code, message }: Refused): Verdict {
  const none = { location: null, line: null, found: codeOf(unit), expected: null };
  return { outcome: 'refused', status: codeOf(unit), reasons: [{ code: 'REJ_RG', rule: code, message, ...none }] };
}

function codeOf(unit: StatusUnit | null): string | null {
  return unit?.cppStatut ?? unit?.afnor ?? null;
}
