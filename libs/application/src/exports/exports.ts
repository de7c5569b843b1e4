import type { Pool } from 'pg';
import type { Caller } from '../access/caller.js';
import { exportFile, type ExportFormat } from './export-file.js';
import { managedStructures } from './managed-structures.js';
import { exportedPlaces, PLACE_COLUMNS, type StructuresFilter } from './structures-export.js';
import { exportedUsers, USER_COLUMNS, type UsersFilter } from './users-export.js';

/** What a manager takes away of the structures that are theirs (R15); for an operator, of all. */
export class Exports {
  constructor(private readonly pool: Pool) {}

  /**
   * The users of the structures that the caller manages, as a file; empty for whoever manages nothing.
   *
   * @throws AccessRefused for a machine
   */
  async users(caller: Caller, filter: UsersFilter, format: ExportFormat): Promise<AsyncIterable<Buffer>> {
    const structures = await managedStructures(this.pool, caller);
    return exportFile(format, USER_COLUMNS, exportedUsers(this.pool, structures, filter));
  }

  /**
   * The structures that the caller manages, and their services, as a file; empty for whoever manages nothing.
   *
   * @throws AccessRefused for a machine
   */
  async structures(caller: Caller, filter: StructuresFilter, format: ExportFormat): Promise<AsyncIterable<Buffer>> {
    const structures = await managedStructures(this.pool, caller);
    const account = caller.kind === 'person' ? caller.account : null;
    return exportFile(format, PLACE_COLUMNS, exportedPlaces(this.pool, structures, account, filter));
  }
}
