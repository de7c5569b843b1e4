import type { RejectReason } from '#domain';
import type { Finding } from '#einvoice';

/** A finding of the validator, as the log and the reject files keep it. */
export function rejectReason(finding: Finding): RejectReason {
  const { code, rule, message, location, line, found, expected } = finding;
  return { code, rule, message, location, line, found, expected };
}
