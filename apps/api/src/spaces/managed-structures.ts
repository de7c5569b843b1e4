import type { Caller } from '#application';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Condition on `m` (`read.memberships`) and `t` (`read.structures`): the account $1 manages the structure now (R03). */
export const MANAGES = `m.account = $1 AND m.status = 'attached' AND (m.secondary_manager OR t.primary_manager = $1)`;

/** The structures that somebody manages, from the read models: which ones to ask about. What may be done there is asked anew. */
@Injectable()
export class ManagedStructures {
  constructor(private readonly readModels: DataSource) {}

  /** The active structures that the caller manages and where this account is attached; all of them for an operator. */
  async where(caller: Caller, attached: string): Promise<readonly string[]> {
    if (caller.kind === 'connection') return [];
    const rows = await this.readModels.query<{ structure: string }[]>(
      `SELECT a.structure
         FROM read.memberships AS a
         JOIN read.structures AS t ON t.identifier = a.structure
        WHERE a.account = $2 AND a.status = 'attached' AND t.active
          AND ($1::text IS NULL OR EXISTS (
                SELECT 1 FROM read.memberships AS m WHERE m.structure = a.structure AND ${MANAGES}))
        ORDER BY a.structure`,
      [caller.kind === 'person' ? caller.account : null, attached],
    );
    return rows.map(({ structure }) => structure);
  }
}
