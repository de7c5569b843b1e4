import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests to have energy taxes paid back, as those who ask and those who treat them list them (R29). */
export class RefundRequests1700000000020 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- No read model: a number is never given twice.
      CREATE SEQUENCE public.refund_request_sequence;
      CREATE TABLE read.refund_requests (
        request uuid PRIMARY KEY,
        -- Of its first event, by which the latest come first.
        position bigint NOT NULL,
        structure text NOT NULL,
        recipient text,
        status text NOT NULL,
        number text,
        tax text,
        period_start text,
        period_end text,
        lines integer,
        total numeric,
        missing integer,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        sent_at timestamptz
      );
      CREATE INDEX ON read.refund_requests (structure, position DESC);
      CREATE INDEX ON read.refund_requests (recipient, position DESC) WHERE status <> 'draft';
      CREATE TABLE read.refund_request_statuses (
        request uuid NOT NULL,
        place integer NOT NULL,
        status text NOT NULL,
        reason text,
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (request, place)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE read.refund_request_statuses, read.refund_requests;
      DROP SEQUENCE public.refund_request_sequence;
    `);
  }
}
