import {
  cppInvoiceStatuses,
  invoiceStatusesName,
  type Clock,
  type Directory,
  type KnownConnection,
  type Logger,
} from '#application';
import type { EventStore } from '#events';
import type { ObjectStore } from '#persistence';
import { Readable } from 'node:stream';
import type { PartnerBoxes } from '../pick-up/partner-boxes.js';
import { StatusBacklogs } from './status-backlog.js';
import { StatusCursors, type PlannedFile, type StatusCursor } from './status-cursors.js';

/** Most statuses in one file, as invoices in one flow. */
const MOST_STATUSES = 500;
/** Most files for one connection at one look: one that has much to be told does not keep the others waiting. */
const MOST_FILES = 20;
/** Far more than so many statuses take. */
const MAX_FILE_BYTES = 64 * 1024 ** 2;

const OUT = 'out';

/**
 * Returns what becomes of invoices to the outboxes of the partners who sent them (R25, R48), as CPPStatut files of the flow
 * FEN1200A, in the order of the log. A file is kept before it is dropped and the cursor moves after: a crash between repeats
 * the same file under the same name, which the box takes once.
 */
export class StatusDelivery {
  private readonly cursors: StatusCursors;
  private readonly backlogs: StatusBacklogs;

  /** @param most statuses in one file */
  constructor(
    store: EventStore,
    private readonly objects: ObjectStore,
    private readonly boxes: Pick<PartnerBoxes, 'size' | 'write'>,
    private readonly directory: Directory,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly most = MOST_STATUSES,
  ) {
    this.cursors = new StatusCursors(store);
    this.backlogs = new StatusBacklogs(store);
  }

  /** Delivers what there is to tell to every open connection that has a box. One that fails keeps no other waiting. */
  async look(): Promise<void> {
    for (const connection of await this.directory.openConnections()) {
      if (connection.sftpPublicKeys.length === 0) continue;
      try {
        await this.cursors.alone(connection.applicationCode, () => this.tell(connection));
      } catch (error) {
        this.logger.warn({ box: connection.applicationCode, error: String(error) }, 'statuses could not be delivered');
      }
    }
  }

  private async tell(connection: KnownConnection): Promise<void> {
    for (let files = 0; files < MOST_FILES; files += 1) {
      const cursor = await this.planned(connection);
      if (cursor.planned === null) return;
      const name = await this.drop(cursor, cursor.planned);
      await this.cursors.delivered(cursor);
      this.logger.info({ box: connection.applicationCode, name, bytes: cursor.planned.size }, 'statuses delivered');
    }
  }

  /** The cursor with the next file planned: the one that a crash left, or one of what came since. */
  private async planned(connection: KnownConnection): Promise<StatusCursor> {
    const { applicationCode } = connection;
    for (;;) {
      const cursor = await this.cursors.of(applicationCode);
      if (cursor.planned !== null) return cursor;
      const backlog = await this.backlogs.behind(connection, cursor.place, this.most);
      if (backlog === null) return cursor;
      const { statuses, end } = backlog;
      const producedAt = this.clock.now().toISOString();
      const text = cppInvoiceStatuses({ applicationCode, sequence: cursor.files + 1, producedAt, statuses });
      if (text === null) {
        await this.cursors.skip(cursor, end);
      } else {
        const stored = await this.objects.put(Readable.from([Buffer.from(text)]), { maxBytes: MAX_FILE_BYTES });
        await this.cursors.plan(cursor, { ...stored, end });
      }
    }
  }

  private async drop({ applicationCode, files }: StatusCursor, { sha256, size }: PlannedFile): Promise<string> {
    const name = invoiceStatusesName({ applicationCode, sequence: files + 1 });
    await this.boxes.write(applicationCode, OUT, name, Readable.from(await this.objects.open(sha256)));
    const there = await this.boxes.size(applicationCode, OUT, name);
    // Not there: the partner was quick. Of another size: of a platform that had come further, before a backup was restored.
    if (there !== null && there !== size) throw new Error(`${name} is in the box with other bytes`);
    return name;
  }
}
