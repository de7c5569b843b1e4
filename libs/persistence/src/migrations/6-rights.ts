import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The read models of rights: opened spaces and subscriptions (R08), users of services (R11). `service` is null for what is
 * about the whole structure.
 */
export class Rights1700000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE read.opened_spaces (
        structure text NOT NULL,
        space text NOT NULL,
        service text,
        UNIQUE NULLS NOT DISTINCT (structure, space, service)
      );
      CREATE TABLE read.subscriptions (
        structure text NOT NULL,
        account text NOT NULL,
        space text NOT NULL,
        service text,
        status text NOT NULL,
        access_right text NOT NULL,
        given_by text,
        since timestamptz NOT NULL,
        UNIQUE NULLS NOT DISTINCT (structure, account, space, service, status)
      );
      CREATE INDEX ON read.subscriptions (account);
      CREATE INDEX ON read.subscriptions (structure, since, account) WHERE status = 'requested';
      CREATE TABLE read.service_users (
        structure text NOT NULL,
        service text NOT NULL,
        account text NOT NULL,
        PRIMARY KEY (structure, service, account)
      );
      CREATE INDEX ON read.service_users (structure, account);
      CREATE TABLE read.rights_origins (
        origin text NOT NULL,
        structure text NOT NULL,
        PRIMARY KEY (origin, structure)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP TABLE read.opened_spaces, read.subscriptions, read.service_users, read.rights_origins',
    );
  }
}
