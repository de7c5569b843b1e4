import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What structures and their services ask of the invoices sent to them (R11), and who need not receive any (R17). */
export class DirectoryRequirements1700000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE read.structures
        ADD requires_service_code boolean NOT NULL DEFAULT false,
        ADD requires_commitment_number boolean NOT NULL DEFAULT false,
        ADD requires_either boolean NOT NULL DEFAULT false,
        ADD exclusion text;
      CREATE TABLE read.services (
        structure text NOT NULL,
        code text NOT NULL,
        name text NOT NULL,
        active boolean NOT NULL,
        requires_commitment_number boolean NOT NULL DEFAULT false,
        PRIMARY KEY (structure, code)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE read.services;
      ALTER TABLE read.structures
        DROP requires_service_code, DROP requires_commitment_number, DROP requires_either, DROP exclusion;
    `);
  }
}
