import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of the first read models. They can be dropped and made again from the log at any time. */
export class ReadModels1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE SEQUENCE IF NOT EXISTS public.flow_sequence;
      CREATE SCHEMA IF NOT EXISTS read;
      CREATE TABLE read.flows (
        number text PRIMARY KEY,
        name text NOT NULL,
        application_code text NOT NULL,
        sender_identifier text NOT NULL,
        sender_name text,
        channel text NOT NULL,
        interface_code text,
        size bigint NOT NULL,
        sha256 text,
        status text NOT NULL,
        container text,
        invoices integer,
        integrated integer NOT NULL DEFAULT 0,
        rejected integer NOT NULL DEFAULT 0,
        reasons json,
        incident text,
        report_name text,
        deposited_at timestamptz NOT NULL,
        split_at timestamptz,
        completed_at timestamptz
      );
      CREATE INDEX ON read.flows (application_code, deposited_at DESC, number DESC);
      CREATE INDEX ON read.flows (deposited_at) WHERE status IN ('received', 'processing');
      CREATE TABLE read.flow_invoices (
        flow_number text NOT NULL,
        rank integer NOT NULL,
        member text,
        outcome text NOT NULL,
        number text,
        issue_date text,
        issuer text,
        recipient text,
        reasons json,
        PRIMARY KEY (flow_number, rank)
      );
      CREATE INDEX ON read.flow_invoices (flow_number, rank) WHERE outcome = 'rejected';
      CREATE TABLE read.rejects (
        position bigint PRIMARY KEY,
        transaction numeric NOT NULL,
        day date NOT NULL,
        sender text NOT NULL,
        issuer text,
        reject json NOT NULL,
        rejected_at timestamptz NOT NULL
      );
      CREATE INDEX ON read.rejects (day, sender, transaction, position);
      CREATE INDEX ON read.rejects (day, issuer, transaction, position) WHERE issuer IS NOT NULL;
      CREATE TABLE read.reject_days (
        day date PRIMARY KEY,
        closed_at timestamptz NOT NULL,
        published boolean NOT NULL DEFAULT false
      );
      CREATE INDEX ON read.reject_days (day) WHERE NOT published;
      CREATE TABLE read.reject_files (
        day date NOT NULL,
        party text NOT NULL,
        lines integer NOT NULL,
        csv_sha256 text NOT NULL,
        csv_size bigint NOT NULL,
        json_sha256 text NOT NULL,
        json_size bigint NOT NULL,
        closed_at timestamptz NOT NULL,
        PRIMARY KEY (day, party)
      );
      CREATE TABLE read.structures (
        identifier text PRIMARY KEY,
        name text NOT NULL,
        public_entity boolean NOT NULL,
        active boolean NOT NULL,
        successor text
      );
      CREATE TABLE read.connections (
        application_code text PRIMARY KEY,
        structure text NOT NULL,
        name text NOT NULL,
        open boolean NOT NULL,
        api_key_digest text UNIQUE,
        sftp_public_keys text[] NOT NULL DEFAULT '{}'
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP SCHEMA read CASCADE');
  }
}
