import {
  cdarStatuses,
  cdarStatusesName,
  cppInvoiceStatuses,
  invoiceStatusesName,
  type Clock,
  type Directory,
  type InvoiceStatusesFile,
  type KnownConnection,
  type Logger,
} from '#application';
import type { EventStore } from '#events';
import type { ObjectStore, StoredObject } from '#persistence';
import { Readable } from 'node:stream';
import type { PartnerBoxes } from '../pick-up/partner-boxes.js';
import { StatusBacklogs } from './status-backlog.js';
import { FILE_FORMATS, StatusCursors, type FileFormat, type StatusCursor } from './status-cursors.js';

/** Most statuses in one file, as invoices in one flow. */
const MOST_STATUSES = 500;
/** How the statuses are written in each format, null when none of them has a place in it, and how the file is called. */
const FORMATS: Readonly<Record<FileFormat, Writer>> = {
  CPPStatut: {
    name: invoiceStatusesName,
    write: (file) => {
      const text = cppInvoiceStatuses(file);
      return Promise.resolve(text === null ? null : Buffer.from(text));
    },
  },
  CDAR: { name: cdarStatusesName, write: cdarStatuses },
};

interface Writer {
  readonly name: (file: Pick<InvoiceStatusesFile, 'applicationCode' | 'sequence'>) => string;
  readonly write: (file: InvoiceStatusesFile) => Promise<Buffer | null>;
}

/** Most files for one connection at one look: one that has much to be told does not keep the others waiting. */
const MOST_FILES = 20;
/** Far more than so many statuses take. */
const MAX_FILE_BYTES = 64 * 1024 ** 2;

const OUT = 'out';

/**
 * Returns what becomes of invoices to the outboxes of the partners who sent them (R25, R48), in the order of the log: as CPPStatut
 * files of the flow FEN1200A, as CDAR of the flow FEN1204A, or as both, as the connection chose. Files are kept before they are
 * dropped and the cursor moves after: a crash between repeats the same files under the same names, which the box takes once.
 * Both formats go by one cursor: a connection that changes its choice is told nothing twice, and misses nothing.
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
      for (const format of FILE_FORMATS) {
        const file = cursor.planned.files[format];
        if (file === undefined) continue;
        const name = await this.drop(cursor, format, file);
        this.logger.info({ box: connection.applicationCode, name, bytes: file.size }, 'statuses delivered');
      }
      await this.cursors.delivered(cursor);
    }
  }

  /** The cursor with the next files planned: those that a crash left, or those of what came since. */
  private async planned(connection: KnownConnection): Promise<StatusCursor> {
    const { applicationCode } = connection;
    for (;;) {
      const cursor = await this.cursors.of(applicationCode);
      if (cursor.planned !== null) return cursor;
      const backlog = await this.backlogs.behind(connection, cursor.place, this.most);
      if (backlog === null) return cursor;
      const { statuses, end } = backlog;
      const producedAt = this.clock.now().toISOString();
      const files: Partial<Record<FileFormat, StoredObject>> = {};
      for (const format of formatsOf(connection)) {
        const sequence = cursor.files[format] + 1;
        const bytes = await FORMATS[format].write({ applicationCode, sequence, producedAt, statuses });
        if (bytes === null) continue;
        files[format] = await this.objects.put(Readable.from([bytes]), { maxBytes: MAX_FILE_BYTES });
      }
      if (Object.keys(files).length === 0) await this.cursors.skip(cursor, end);
      else await this.cursors.plan(cursor, { files, end });
    }
  }

  private async drop(
    { applicationCode, files }: StatusCursor,
    format: FileFormat,
    { sha256, size }: StoredObject,
  ): Promise<string> {
    const name = FORMATS[format].name({ applicationCode, sequence: files[format] + 1 });
    await this.boxes.write(applicationCode, OUT, name, Readable.from(await this.objects.open(sha256)));
    const there = await this.boxes.size(applicationCode, OUT, name);
    // Not there: the partner was quick. Of another size: of a platform that had come further, before a backup was restored.
    if (there !== null && there !== size) throw new Error(`${name} is in the box with other bytes`);
    return name;
  }
}

function formatsOf({ statusFormat }: KnownConnection): readonly FileFormat[] {
  return statusFormat === 'both' ? FILE_FORMATS : [statusFormat];
}
