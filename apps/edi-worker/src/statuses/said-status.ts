import {
  afnorCodeOf,
  INVOICE_STATUS_CODES,
  INVOICE_STATUSES,
  isReasonOf,
  REASONS_OF_STATUS,
  STATUS_REASONS,
  type InvoiceStatus,
  type NamedStatus,
  type StatusReason,
} from '#domain';
import type { StatusUnit } from '#einvoice';

/** Most characters of a complement of CPPStatut: a label longer than that is cut there. */
const COMPLEMENT_LENGTH = 40;
/** Most characters of a comment, as over HTTP. */
const COMMENT_LENGTH = 2_000;
const BETWEEN = ' : ';
/** How codes are written; people's words are not. */
const CODE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** Why a status was given, as far as a file says it. */
export interface SaidReason {
  readonly reason: string | null;
  readonly comment: string | null;
}

/**
 * The status that a unit names. Several of ours have one AFNOR code: the exact one is told in the comment (chorus-pro-edi 3.2),
 * by its label.
 */
export function namedStatus({ cppStatut, afnor, comment }: StatusUnit, billingFrame: string | null): NamedStatus {
  const told = comment?.split(BETWEEN)[0];
  const exact = INVOICE_STATUS_CODES.find(
    (status) =>
      afnor !== null && INVOICE_STATUSES[status].label === told && afnorCodeOf(status, billingFrame) === afnor,
  );
  return { status: exact ?? null, cppStatut, afnor };
}

/**
 * The reason of a status, and what is said beside it. A CPPStatut has no code for reasons: it tells them by their label or
 * code in its complement, or in words, which are another reason then.
 */
export function saidReason(unit: StatusUnit, status: InvoiceStatus): SaidReason {
  const said = unit.syntax === 'CDAR' ? ofCdar(unit, status) : ofCppStatut(unit, status);
  return { ...said, comment: said.comment === null ? null : said.comment.slice(0, COMMENT_LENGTH) };
}

function ofCdar({ reason, comment }: StatusUnit, status: InvoiceStatus): SaidReason {
  return { reason, comment: without(INVOICE_STATUSES[status].label, comment) };
}

function ofCppStatut({ complement, comment }: StatusUnit, status: InvoiceStatus): SaidReason {
  const words = complement !== null && isLabel(complement, INVOICE_STATUSES[status].label) ? null : complement;
  const isGiven = REASONS_OF_STATUS[status] !== undefined;
  if (!isGiven) return { reason: null, comment: joined(words, comment) };
  const known = words === null ? null : reasonCalled(words);
  if (known !== null) return { reason: known, comment: without(STATUS_REASONS[known], comment) };
  if (words !== null && CODE.test(words)) return { reason: words, comment };
  const all = joined(words, comment);
  return { reason: all !== null && isReasonOf(status, 'AUTRE') ? 'AUTRE' : null, comment: all };
}

function reasonCalled(text: string): StatusReason | null {
  const reasons = Object.keys(STATUS_REASONS) as StatusReason[];
  return reasons.find((reason) => reason === text || isLabel(text, STATUS_REASONS[reason])) ?? null;
}

/** Whether a text is a label, whole or cut where a complement ends. */
function isLabel(text: string, label: string): boolean {
  const [said, whole] = [text, label].map((one) => one.toLocaleLowerCase('fr').replaceAll('\u{2019}', "'"));
  return said === whole || said === whole?.slice(0, COMPLEMENT_LENGTH).trim();
}

/** A comment without the label that was put before it because it had no room elsewhere. */
function without(label: string, comment: string | null): string | null {
  if (comment === label) return null;
  return comment?.startsWith(label + BETWEEN) === true ? comment.slice(label.length + BETWEEN.length) : comment;
}

function joined(...texts: readonly (string | null)[]): string | null {
  const said = texts.filter((text) => text !== null && text !== '');
  return said.length === 0 ? null : said.join(BETWEEN);
}
