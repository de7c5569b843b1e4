import { DataSource } from 'typeorm';
import { ReadModels1700000000001 } from '../migrations/1-read-models.js';
import { DirectoryRequirements1700000000002 } from '../migrations/2-directory-requirements.js';
import { PersonKeys1700000000003 } from '../migrations/3-person-keys.js';
import { Identity1700000000004 } from '../migrations/4-identity.js';
import { People1700000000005 } from '../migrations/5-people.js';
import { Rights1700000000006 } from '../migrations/6-rights.js';
import { Notifications1700000000007 } from '../migrations/7-notifications.js';
import { SupportRequests1700000000008 } from '../migrations/8-support-requests.js';
import { AccountRow } from './account.row.js';
import { Invoices1700000000010 } from '../migrations/10-invoices.js';
import { Webhooks1700000000011 } from '../migrations/11-webhooks.js';
import { StatusDeliveries1700000000012 } from '../migrations/12-status-deliveries.js';
import { Drafts1700000000013 } from '../migrations/13-drafts.js';
import { Uploads1700000000014 } from '../migrations/14-uploads.js';
import { StatusFormats1700000000015 } from '../migrations/15-status-formats.js';
import { Numbers1700000000016 } from '../migrations/16-numbers.js';
import { SendersInTheFeed1700000000017 } from '../migrations/17-senders-in-the-feed.js';
import { CreditsFeesRefunds1700000000018 } from '../migrations/18-credits-fees-refunds.js';
import { FollowersOfIssuedInvoices1700000000019 } from '../migrations/19-followers-of-issued-invoices.js';
import { RefundRequests1700000000020 } from '../migrations/20-refund-requests.js';
import { PartiesInSearch1700000000021 } from '../migrations/21-parties-in-search.js';
import { ConnectionRow, ServiceRow, StructureRow } from './directory.rows.js';
import { FlowInvoiceRow } from './flow-invoice.row.js';
import { FlowRow } from './flow.row.js';
import { MembershipRow } from './membership.row.js';
import { RejectFileRow } from './reject-file.row.js';
import { RejectRow } from './reject.row.js';

/**
 * Opens the read models for queries. The event store is not among the entities: TypeORM cannot declare its partitions.
 *
 * @param connectionString of the database that holds the event store and the read models
 */
export async function openReadModels(connectionString: string, poolSize = 4): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    url: connectionString,
    entities: [
      AccountRow,
      FlowRow,
      FlowInvoiceRow,
      RejectRow,
      RejectFileRow,
      StructureRow,
      ServiceRow,
      ConnectionRow,
      MembershipRow,
    ],
    migrations: [
      ReadModels1700000000001,
      DirectoryRequirements1700000000002,
      PersonKeys1700000000003,
      Identity1700000000004,
      People1700000000005,
      Rights1700000000006,
      Notifications1700000000007,
      SupportRequests1700000000008,
      Invoices1700000000010,
      Webhooks1700000000011,
      StatusDeliveries1700000000012,
      Drafts1700000000013,
      Uploads1700000000014,
      StatusFormats1700000000015,
      Numbers1700000000016,
      SendersInTheFeed1700000000017,
      CreditsFeesRefunds1700000000018,
      FollowersOfIssuedInvoices1700000000019,
      RefundRequests1700000000020,
      PartiesInSearch1700000000021,
    ],
    migrationsTableName: 'read_model_migrations',
    poolSize,
    applicationName: 'repons-read',
    synchronize: false,
  });
  return source.initialize();
}

/** Applies the migrations that are missing; several processes may call it at once, one does the work. */
export async function migrateReadModels(connectionString: string): Promise<void> {
  const source = await openReadModels(connectionString, 2);
  try {
    const runner = source.createQueryRunner();
    try {
      await runner.query('SELECT pg_advisory_lock(7305001)');
      await source.runMigrations({ transaction: 'each' });
    } finally {
      await runner.query('SELECT pg_advisory_unlock(7305001)');
      await runner.release();
    }
  } finally {
    await source.destroy();
  }
}
