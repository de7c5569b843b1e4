import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Webhooks (R48): the read model; and beside it, which is none, how far each has come, its secrets, and its last deliveries.
 * What is in the schema `webhook` cannot be made anew from the log and belongs into every backup.
 */
export class Webhooks1700000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- For those who see everything, and for whoever waits for the feed to grow.
      CREATE INDEX ON read.status_news (transaction, position);
      CREATE TABLE read.webhooks (
        id uuid PRIMARY KEY,
        structure text NOT NULL,
        url text NOT NULL,
        description text,
        status text NOT NULL,
        disabled_reason text,
        disabled_detail text,
        registered_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL
      );
      CREATE INDEX ON read.webhooks (structure, registered_at, id);
      CREATE SCHEMA webhook;
      CREATE TABLE webhook.cursors (
        webhook uuid PRIMARY KEY,
        transaction numeric NOT NULL,
        position bigint NOT NULL,
        -- Counts the replays and restarts: a delivery that was under way before one does not move the cursor after it.
        generation integer NOT NULL DEFAULT 0,
        -- The last event of the webhook's own stream that moved it: making the read model anew replays nothing.
        moved_by integer NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL DEFAULT now(),
        last_turn_at timestamptz NOT NULL DEFAULT now(),
        claimed_by integer
      );
      CREATE INDEX ON webhook.cursors (next_try_at);
      CREATE TABLE webhook.secrets (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        webhook uuid NOT NULL,
        sealed bytea NOT NULL,
        created_at timestamptz NOT NULL,
        valid_until timestamptz
      );
      CREATE INDEX ON webhook.secrets (webhook, id);
      CREATE TABLE webhook.deliveries (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        webhook uuid NOT NULL,
        event uuid NOT NULL,
        type text NOT NULL,
        sequence text NOT NULL,
        attempt integer NOT NULL,
        delivered boolean NOT NULL,
        status integer,
        error text,
        duration_ms integer NOT NULL,
        attempted_at timestamptz NOT NULL
      );
      CREATE INDEX ON webhook.deliveries (webhook, id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP SCHEMA webhook CASCADE;
      DROP TABLE read.webhooks;
      DROP INDEX read.status_news_transaction_position_idx;
    `);
  }
}
