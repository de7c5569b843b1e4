import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The read model of support requests (R18); and beside it, which is none, who uploaded which file before a request names it:
 * without that, whoever knows the digest of somebody else's file could read it by naming it.
 */
export class SupportRequests1700000000008 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE read.support_requests (
        request text PRIMARY KEY,
        number bigint NOT NULL UNIQUE,
        author text NOT NULL,
        structure text NOT NULL,
        recipient_structure text,
        category text NOT NULL,
        subcategory text NOT NULL,
        subject text,
        status text NOT NULL,
        assignee text,
        outcome text,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        closed_at timestamptz
      );
      CREATE INDEX ON read.support_requests (author, number DESC);
      CREATE INDEX ON read.support_requests (recipient_structure, number DESC);
      CREATE TABLE read.support_request_messages (
        request text NOT NULL,
        rank integer NOT NULL,
        author text NOT NULL,
        text text,
        files json,
        written_at timestamptz NOT NULL,
        PRIMARY KEY (request, rank)
      );
      CREATE INDEX ON read.support_request_messages (author);
      CREATE SCHEMA support;
      CREATE TABLE support.uploaded_files (
        uploader text NOT NULL,
        sha256 text NOT NULL,
        size bigint NOT NULL,
        uploaded_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (uploader, sha256)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP SCHEMA support CASCADE;
      DROP TABLE read.support_requests, read.support_request_messages;
    `);
  }
}
