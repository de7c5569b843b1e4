import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invoices as people list and search them (R25), and whose news each event of their lives is (R48). */
export class Invoices1700000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE read.invoices (
        id uuid PRIMARY KEY,
        stream text NOT NULL,
        number text NOT NULL,
        issue_date text NOT NULL,
        type_code text,
        billing_frame text,
        issuer text NOT NULL,
        issuer_name text,
        recipient text NOT NULL,
        recipient_name text,
        validator text,
        service_code text,
        commitment_number text,
        contract_number text,
        due_date text,
        currency text,
        total_without_vat numeric,
        total_vat numeric,
        total_with_vat numeric,
        amount_due numeric,
        status text NOT NULL,
        status_since timestamptz NOT NULL,
        reason text,
        comment text,
        payment_order text,
        rejection_acknowledged boolean NOT NULL DEFAULT false,
        channel text NOT NULL,
        sender text NOT NULL,
        flow_number text NOT NULL,
        deposited_at timestamptz NOT NULL,
        document json NOT NULL,
        supporting_documents json NOT NULL,
        search tsvector NOT NULL GENERATED ALWAYS AS
          (to_tsvector('simple', number || ' ' || coalesce(issuer_name, '') || ' ' || coalesce(recipient_name, ''))) STORED
      );
      CREATE INDEX ON read.invoices (recipient, deposited_at DESC, id DESC);
      CREATE INDEX ON read.invoices (recipient, status, deposited_at DESC, id DESC);
      CREATE INDEX ON read.invoices (issuer, deposited_at DESC, id DESC);
      CREATE INDEX ON read.invoices (issuer, status, deposited_at DESC, id DESC);
      CREATE INDEX ON read.invoices (validator, deposited_at DESC, id DESC) WHERE validator IS NOT NULL;
      CREATE INDEX ON read.invoices USING gin (search);
      -- Where a validator has let the time pass is looked up by the deadline alone.
      CREATE INDEX ON read.invoices (status_since) WHERE status IN ('A_VALIDER_1', 'A_VALIDER_2');
      CREATE TABLE read.status_news (
        party text NOT NULL,
        transaction numeric NOT NULL,
        position bigint NOT NULL,
        side text NOT NULL,
        service text,
        PRIMARY KEY (party, transaction, position, side)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE read.status_news, read.invoices');
  }
}
