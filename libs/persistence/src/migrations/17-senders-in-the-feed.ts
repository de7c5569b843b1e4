import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every event of an invoice names who sent it, and is news for them: nobody looks any more for whom a structure sends. */
export class SendersInTheFeed1700000000017 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX read.invoices_sent_for_others');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE INDEX invoices_sent_for_others ON read.invoices (sender, issuer) WHERE sender <> issuer',
    );
  }
}
