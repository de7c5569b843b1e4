import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People on structures (R02–R07), and what a structure is beyond what the controls of invoices need (R02, R16). */
export class People1700000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE read.structures
        ALTER name DROP NOT NULL,
        ADD identifier_type text NOT NULL DEFAULT 'SIRET',
        ADD category text NOT NULL DEFAULT 'COMPANY',
        ADD address json,
        ADD person text,
        ADD primary_manager text,
        ADD origins text[] NOT NULL DEFAULT '{}',
        ADD living_structure text;
      UPDATE read.structures SET category = 'OTHER_PUBLIC' WHERE public_entity;
      CREATE INDEX structures_by_origin ON read.structures USING gin (origins);
      CREATE INDEX structures_by_person ON read.structures (person) WHERE person IS NOT NULL;
      CREATE INDEX structures_by_living ON read.structures (coalesce(living_structure, identifier));
      CREATE TABLE read.memberships (
        structure text NOT NULL,
        account text NOT NULL,
        status text NOT NULL,
        secondary_manager boolean NOT NULL DEFAULT false,
        requested_at timestamptz,
        judged_at timestamptz,
        judged_by text,
        reason text,
        attached_at timestamptz,
        PRIMARY KEY (structure, account)
      );
      CREATE INDEX memberships_by_account ON read.memberships (account, structure);
      CREATE INDEX memberships_to_judge ON read.memberships (structure, requested_at) WHERE status = 'requested';
      CREATE TABLE read.structure_origins (
        origin text NOT NULL,
        structure text NOT NULL,
        PRIMARY KEY (origin, structure)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE read.structure_origins, read.memberships;
      DROP INDEX read.structures_by_origin, read.structures_by_person, read.structures_by_living;
      UPDATE read.structures SET name = '' WHERE name IS NULL;
      ALTER TABLE read.structures
        ALTER name SET NOT NULL,
        DROP identifier_type, DROP category, DROP address, DROP person, DROP primary_manager, DROP origins,
        DROP living_structure;
    `);
  }
}
