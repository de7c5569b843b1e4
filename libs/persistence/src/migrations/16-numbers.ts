import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What dashboards count: when an invoice came to its recipient, which rules keep invoices out, and the indexes for both. */
export class Numbers1700000000016 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE read.invoices ADD made_available_at timestamptz;
      ALTER TABLE read.rejects ADD rules text[] NOT NULL DEFAULT '{}';
      -- By pattern: a NUL that a partner wrote is in the JSON as it came, and its functions refuse all of it. Rules are ours.
      UPDATE read.rejects
         SET rules = ARRAY(SELECT DISTINCT found[1] FROM regexp_matches(reject::text, '"rule":"([^"]*)"', 'g') AS found
                            ORDER BY 1);
      -- What is counted of a list stands in the index that orders it: neither count goes to the table.
      DROP INDEX read.invoices_recipient_deposited_at_id_idx, read.invoices_issuer_deposited_at_id_idx;
      CREATE INDEX invoices_received ON read.invoices (recipient, deposited_at DESC, id DESC)
        INCLUDE (status, currency, type_code, total_with_vat, service_code);
      CREATE INDEX invoices_issued ON read.invoices (issuer, deposited_at DESC, id DESC)
        INCLUDE (status, currency, type_code, total_with_vat, service_code, sender);
      CREATE INDEX invoices_of_all ON read.invoices (deposited_at DESC, id DESC)
        INCLUDE (status, currency, type_code, total_with_vat, sender);
      CREATE INDEX invoices_sent ON read.invoices (sender, deposited_at) WHERE sender <> issuer;
      CREATE INDEX invoices_made_available_to ON read.invoices (recipient, made_available_at)
        INCLUDE (deposited_at, status, service_code);
      CREATE INDEX invoices_made_available_of ON read.invoices (issuer, made_available_at)
        INCLUDE (deposited_at, service_code);
      CREATE INDEX invoices_made_available ON read.invoices (made_available_at) INCLUDE (deposited_at, status);
      CREATE INDEX invoices_rejected ON read.invoices (status_since)
        INCLUDE (recipient, issuer, service_code, status, reason) WHERE status IN ('REJETEE', 'REFUSEE_1', 'REFUSEE_2');
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX read.invoices_received, read.invoices_issued, read.invoices_of_all, read.invoices_sent,
        read.invoices_made_available_to, read.invoices_made_available_of, read.invoices_made_available,
        read.invoices_rejected;
      CREATE INDEX ON read.invoices (recipient, deposited_at DESC, id DESC);
      CREATE INDEX ON read.invoices (issuer, deposited_at DESC, id DESC);
      ALTER TABLE read.rejects DROP rules;
      ALTER TABLE read.invoices DROP made_available_at;
    `);
  }
}
