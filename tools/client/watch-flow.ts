import { setTimeout as pause } from 'node:timers/promises';
import { ApiProblem, type ApiClient, type FlowReport } from './api-client.js';

const ENDED = new Set(['integrated', 'partly-integrated', 'rejected', 'incident']);

/** Whether nothing more will happen to a flow by itself. */
export function hasEnded({ status }: Pick<FlowReport, 'status'>): boolean {
  return ENDED.has(status);
}

/**
 * Follows a flow until it has ended.
 *
 * @param onProgress called with each report that differs from the one before
 * @param pauseMs between two looks
 */
export async function watchFlow(
  client: ApiClient,
  flowNumber: string,
  onProgress: (report: FlowReport) => void,
  pauseMs = 250,
): Promise<FlowReport> {
  for (let last = ''; ; await pause(pauseMs)) {
    const report = await client.flow(flowNumber).catch((error: unknown) => {
      // Just deposited, and not in the read model yet: the deposit's answer comes first.
      if (error instanceof ApiProblem && error.problem.status === 404 && last === '') return null;
      throw error;
    });
    if (report === null) continue;
    const shown = JSON.stringify(report);
    if (shown !== last) onProgress(report);
    last = shown;
    if (hasEnded(report)) return report;
  }
}
