import { parisDay } from '#domain';
import { finding } from '#einvoice';
import { rejectLine } from '../rejects/reject-lines.js';
import { rejectReason } from '../shared/reject-reason.js';
import { cppFlowStatus } from './cpp-flow-status.js';

/**
 * The flow-level status file that answers a repeated deposit (R40): not taken again, and which flow the bytes are.
 *
 * @param repetition the envelope name of the repetition, and the number of the first flow
 * @returns the bytes of the file
 */
export function repetitionNotice(repetition: {
  readonly applicationCode: string;
  readonly name: string;
  readonly flowNumber: string;
  readonly at: Date;
}): AsyncIterable<Buffer> {
  const { applicationCode, name, flowNumber, at } = repetition;
  const instant = at.toISOString();
  const reasons = [rejectReason(finding('FLOW-BYTES-REPEATED', { found: flowNumber }))];
  const sender = { identifier: applicationCode, name: null };
  const origin = {
    day: parisDay(at),
    flowNumber,
    flowName: name,
    depositedAt: instant,
    channel: 'SFTP' as const,
    sender,
  };
  const line = rejectLine({ ...origin, reasons }, instant);
  return cppFlowStatus({
    flowName: name,
    flowNumber,
    applicationCode,
    producedAt: instant,
    status: 'rejected',
    integrated: 0,
    rejected: 0,
    lines: (async function* () {
      yield await Promise.resolve(line);
    })(),
  });
}
