import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The keys of persons: beside the log and apart from the read models, which may be thrown away and made again. */
export class PersonKeys1700000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE SCHEMA vault;
      CREATE TABLE vault.person_keys (
        person text PRIMARY KEY,
        wrapped_key bytea,
        created_at timestamptz NOT NULL DEFAULT now(),
        destroyed_at timestamptz
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP SCHEMA vault CASCADE');
  }
}
