import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is told by mail of what becomes of the invoices that a structure issued (R25), also after a change of SIRET (R16). */
export class FollowersOfIssuedInvoices1700000000019 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE outbox.members ADD COLUMN follows_issued boolean NOT NULL DEFAULT false;
      ALTER TABLE outbox.structures ADD COLUMN successor text;
      -- Notifications have read these events already: what they would have kept of them.
      UPDATE outbox.members AS members SET follows_issued = true
        FROM read.subscriptions AS subscriptions
       WHERE subscriptions.structure = members.structure AND subscriptions.account = members.account
         AND subscriptions.space = 'ISSUED_INVOICES' AND subscriptions.service IS NULL
         AND subscriptions.status = 'active';
      UPDATE outbox.structures AS structures SET successor = living.living_structure
        FROM read.structures AS living
       WHERE living.identifier = structures.identifier AND living.living_structure <> living.identifier;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE outbox.members DROP COLUMN follows_issued;
      ALTER TABLE outbox.structures DROP COLUMN successor;
    `);
  }
}
