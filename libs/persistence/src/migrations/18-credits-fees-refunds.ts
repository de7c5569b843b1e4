import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which invoices name which earlier ones, so that credit notes reach the invoices that they are about; the list of justice fees,
 * which goes by the billing frame alone.
 */
export class CreditsFeesRefunds1700000000018 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE read.invoice_references (
        invoice uuid NOT NULL,
        place integer NOT NULL,
        number text NOT NULL,
        issue_date text,
        original uuid,
        -- Of a credit note: awaited, found, credited.
        credit text,
        PRIMARY KEY (invoice, place)
      );
      CREATE INDEX ON read.invoice_references (original) WHERE original IS NOT NULL;
      CREATE INDEX ON read.invoice_references (original) WHERE credit = 'awaited';
      CREATE INDEX ON read.invoice_references (invoice) WHERE credit = 'found';
      CREATE INDEX justice_fees ON read.invoices (deposited_at DESC, id DESC) WHERE billing_frame = 'A3';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE read.invoice_references; DROP INDEX read.justice_fees');
  }
}
