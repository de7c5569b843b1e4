import { OneThread } from '../threads/one-thread.js';
import type { DryRunResult, DryRunTask } from './dry-run-thread.js';

/** Judges files in one thread beside the API. */
export class DryRun extends OneThread<DryRunTask, DryRunResult> {
  constructor() {
    super(new URL('./dry-run-thread.js', import.meta.url));
  }
}
