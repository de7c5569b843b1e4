import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How far each connection has been told, in files, what became of the invoices that it sent (R25, R48). No read model: it
 * cannot be made anew from the log, and belongs into every backup.
 */
export class StatusDeliveries1700000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE outbox.status_deliveries (
        application_code text PRIMARY KEY,
        -- The last news that is in a delivered file, or was looked at and is in none.
        transaction numeric NOT NULL,
        position bigint NOT NULL,
        files bigint NOT NULL DEFAULT 0,
        -- The next file, once its bytes are kept: after a crash it is these that are dropped, and no others.
        planned_object text,
        planned_size bigint,
        planned_transaction numeric,
        planned_position bigint,
        CHECK (num_nulls(planned_object, planned_size, planned_transaction, planned_position) IN (0, 4))
      );
      -- Whoever sends for others (an operator's connection) is told of the invoices of those.
      CREATE INDEX invoices_sent_for_others ON read.invoices (sender, issuer) WHERE sender <> issuer;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX read.invoices_sent_for_others; DROP TABLE outbox.status_deliveries');
  }
}
