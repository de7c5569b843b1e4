import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What recognises people (R01), which is no read model: passwords, links and sessions are in no event, so nothing could
 * make them again. Secrets stand here as digests alone. `read.accounts` beside them is a read model.
 */
export class Identity1700000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE SCHEMA identity;
      CREATE TABLE identity.credentials (
        account text PRIMARY KEY,
        password_hash text,
        generation integer NOT NULL DEFAULT 1,
        barred boolean NOT NULL DEFAULT false
      );
      CREATE TABLE identity.links (
        account text NOT NULL,
        purpose text NOT NULL,
        token_digest text NOT NULL UNIQUE,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (account, purpose)
      );
      CREATE TABLE identity.sessions (
        token_digest text PRIMARY KEY,
        account text NOT NULL REFERENCES identity.credentials ON DELETE CASCADE,
        generation integer NOT NULL,
        opened_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX ON identity.sessions (account);
      CREATE INDEX ON identity.sessions (expires_at);
      CREATE TABLE identity.provider_sign_ins (
        state_digest text PRIMARY KEY,
        browser_digest text NOT NULL,
        nonce text NOT NULL,
        code_verifier text NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE TABLE identity.attempts (
        key varchar(255) PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      );
      CREATE TABLE read.accounts (
        account text PRIMARY KEY,
        login_digest text UNIQUE,
        login text,
        contact_address text,
        first_name text,
        last_name text,
        state text NOT NULL DEFAULT 'pending',
        activated boolean NOT NULL DEFAULT false,
        pigp boolean NOT NULL DEFAULT false,
        notifications boolean NOT NULL DEFAULT true,
        created_at timestamptz
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE read.accounts; DROP SCHEMA identity CASCADE');
  }
}
