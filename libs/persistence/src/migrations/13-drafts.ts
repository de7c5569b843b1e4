import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invoices under input, as their issuers list them (R22). What they say is in their events alone. */
export class Drafts1700000000013 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE read.drafts (
        draft uuid PRIMARY KEY,
        structure text NOT NULL,
        status text NOT NULL,
        number text,
        issue_date text,
        billing_frame text,
        recipient text,
        currency text,
        total_with_vat numeric,
        missing integer,
        flow_number text,
        saved_by text NOT NULL,
        created_at timestamptz NOT NULL,
        saved_at timestamptz NOT NULL
      );
      CREATE INDEX ON read.drafts (structure, status, created_at, draft);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE read.drafts');
  }
}
