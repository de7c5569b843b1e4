import type { FlowJob, Logger, RejectDayClosing, WorkQueue } from '#application';
import type { EventStore } from '#events';

/** Flows put back at one look. More come at the next ones. */
const BATCH = 500;

/**
 * The only way of recovery (R46, R47): looks in PostgreSQL for what is not finished and asks for it again. A crash, an
 * emptied Redis, a lost hint, a day that nobody closed: all go through here. Asking twice costs nothing.
 */
export class Reconciler {
  constructor(
    private readonly store: EventStore,
    private readonly queue: WorkQueue,
    private readonly closing: RejectDayClosing,
    private readonly deliversReports: boolean,
    private readonly logger: Logger,
  ) {}

  /** One look. */
  async reconcile(): Promise<void> {
    const jobs = await this.unfinished();
    if (jobs.length > 0) await this.queue.hint(...jobs);
    const closed = await this.closing.closeEndedDays();
    const files = await this.closing.writeMissingFiles();
    if (closed.length > 0 || files > 0) this.logger.info({ closed, files }, 'reject days closed');
  }

  private async unfinished(): Promise<FlowJob[]> {
    const { rows } = await this.store.pool.query<FlowJob>(
      `(SELECT 'ingest' AS step, number AS "flowNumber" FROM read.flows
         WHERE status IN ('received', 'processing') ORDER BY deposited_at LIMIT ${BATCH})
       UNION ALL
       (SELECT 'deliver-report', number FROM read.flows
         WHERE status IN ('integrated', 'partly-integrated', 'rejected')
           AND channel = 'SFTP' AND report_name IS NULL AND $1
         ORDER BY deposited_at LIMIT ${BATCH})`,
      [this.deliversReports],
    );
    return rows;
  }
}
