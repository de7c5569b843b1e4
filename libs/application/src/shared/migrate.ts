import { migrateEventStore } from '#events';
import { migrateReadModels } from '#persistence';

/** Brings a database to what this version needs: the event store, then the read models. Safe to run again and at once. */
export async function migrate(connectionString: string): Promise<void> {
  await migrateEventStore(connectionString);
  await migrateReadModels(connectionString);
}
