import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who uploaded which file before a command cites it: of support requests until now, of everything from here on, and by machines
 * as well (R18, R24). No read model: it cannot be made anew from the log.
 */
export class Uploads1700000000014 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE SCHEMA uploads;
      ALTER TABLE support.uploaded_files SET SCHEMA uploads;
      ALTER TABLE uploads.uploaded_files RENAME TO files;
      DROP SCHEMA support;
      UPDATE uploads.files SET uploader = 'account-' || uploader WHERE uploader <> 'operator';
      -- What the bytes show; nobody looked at those of files that were uploaded before.
      ALTER TABLE uploads.files ADD COLUMN type text NOT NULL DEFAULT 'application/octet-stream';
      ALTER TABLE uploads.files ALTER COLUMN type DROP DEFAULT;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE SCHEMA support;
      DELETE FROM uploads.files WHERE uploader LIKE 'connection-%';
      UPDATE uploads.files SET uploader = substr(uploader, 9) WHERE uploader <> 'operator';
      ALTER TABLE uploads.files DROP COLUMN type;
      ALTER TABLE uploads.files RENAME TO uploaded_files;
      ALTER TABLE uploads.uploaded_files SET SCHEMA support;
      DROP SCHEMA uploads;
    `);
  }
}
