import { hasEnded, watchFlow } from '../client/watch-flow.js';
import { describeReport, firstRejected } from './flow-report.js';
import { createOutput, statusLabel } from './output.js';
import { connectionClient } from './settings.js';

/** `repons flow`: the report of a flow; exit code 1 when not everything was integrated (R45). */
export async function showFlow(flowNumber: string, options: { watch?: boolean; json?: boolean }): Promise<void> {
  const json = options.json ?? false;
  if (options.watch) {
    if (!(await followFlow(flowNumber, json))) process.exitCode = 1;
    return;
  }
  const client = await connectionClient();
  const report = await client.flow(flowNumber);
  const rejected = await firstRejected(client.flowInvoices(flowNumber, 'rejected'));
  createOutput(json).data(report, describeReport(report, rejected));
  if (hasEnded(report) && report.status !== 'integrated') process.exitCode = 1;
}

/** Follows a flow with its progress on a terminal. True when everything was integrated. */
export async function followFlow(flowNumber: string, json: boolean): Promise<boolean> {
  const output = createOutput(json);
  const client = await connectionClient();
  const report = await watchFlow(client, flowNumber, ({ status, invoices }) => {
    const done = invoices.integrated + invoices.rejected;
    const progress = invoices.total === null ? '' : `  ${done}/${invoices.total} factures`;
    if (process.stderr.isTTY) output.say(`${statusLabel(status)}${progress}`);
  });
  const rejected = await firstRejected(client.flowInvoices(flowNumber, 'rejected'));
  output.data(report, describeReport(report, rejected));
  return report.status === 'integrated';
}
