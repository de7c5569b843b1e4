import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Mails to send, and what must be known to address them. No read model: emptied, it would send everything again. A row holds
 * references and never an address, a name or a link, so that nothing personal is left in it when a person is erased.
 */
export class Notifications1700000000007 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE SCHEMA outbox;
      CREATE TABLE outbox.mails (
        id uuid PRIMARY KEY,
        event uuid NOT NULL,
        recipient text NOT NULL,
        template text NOT NULL,
        facts json NOT NULL,
        happened_at timestamptz NOT NULL,
        status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'sent', 'dropped', 'failed')),
        attempts integer NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL,
        first_tried_at timestamptz,
        claimed_by integer,
        reason text,
        ended_at timestamptz,
        UNIQUE (event, recipient)
      );
      CREATE INDEX ON outbox.mails (next_try_at) WHERE status = 'waiting';
      CREATE INDEX ON outbox.mails (claimed_by) WHERE claimed_by IS NOT NULL;
      CREATE INDEX ON outbox.mails (ended_at) WHERE status <> 'waiting';
      CREATE TABLE outbox.structures (
        identifier text PRIMARY KEY,
        primary_manager text
      );
      CREATE TABLE outbox.members (
        structure text NOT NULL,
        account text NOT NULL,
        attached boolean NOT NULL,
        secondary boolean NOT NULL DEFAULT false,
        PRIMARY KEY (structure, account)
      );
      CREATE INDEX ON outbox.members (structure) WHERE secondary;
      CREATE TABLE outbox.support_requests (
        request text PRIMARY KEY,
        author text NOT NULL,
        structure text NOT NULL,
        recipient_structure text,
        assignee text
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP SCHEMA outbox CASCADE');
  }
}
