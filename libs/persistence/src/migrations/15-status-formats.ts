import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Status files in the format that a connection chose, and what became of each status that a recipient dropped (R25). */
export class StatusFormats1700000000015 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE read.connections ADD COLUMN status_format text NOT NULL DEFAULT 'CPPStatut';
      -- Of a flow of statuses: the status that was asked for.
      ALTER TABLE read.flow_invoices ADD COLUMN status text;
      -- Files of both formats tell of the same news: they have one place in the log, and each format its own numbers.
      ALTER TABLE outbox.status_deliveries
        ADD COLUMN cdar_files bigint NOT NULL DEFAULT 0,
        ADD COLUMN planned_cdar_object text,
        ADD COLUMN planned_cdar_size bigint,
        DROP CONSTRAINT status_deliveries_check,
        ADD CONSTRAINT status_deliveries_plan CHECK (
          num_nulls(planned_object, planned_size) IN (0, 2)
          AND num_nulls(planned_cdar_object, planned_cdar_size) IN (0, 2)
          AND num_nulls(planned_transaction, planned_position) =
              CASE WHEN num_nulls(planned_object, planned_cdar_object) = 2 THEN 2 ELSE 0 END);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE outbox.status_deliveries
        DROP CONSTRAINT status_deliveries_plan,
        DROP COLUMN cdar_files, DROP COLUMN planned_cdar_object, DROP COLUMN planned_cdar_size,
        ADD CHECK (num_nulls(planned_object, planned_size, planned_transaction, planned_position) IN (0, 4));
      ALTER TABLE read.flow_invoices DROP COLUMN status;
      ALTER TABLE read.connections DROP COLUMN status_format;
    `);
  }
}
