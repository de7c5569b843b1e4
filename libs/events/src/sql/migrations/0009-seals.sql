-- The seals: numbered without gaps, each chained to the one before (docs/decisions/0002). `fingerprints` hold
-- eight bytes per event: they prove nothing, they let `verify` name the event that differs.
CREATE TABLE es.seals (
  number         bigint      PRIMARY KEY CHECK (number >= 1),
  first_xid      xid8        NOT NULL,
  first_position bigint      NOT NULL,
  last_xid       xid8        NOT NULL,
  last_position  bigint      NOT NULL,
  events         int         NOT NULL CHECK (events >= 1),
  root           bytea       NOT NULL,
  previous       bytea       NOT NULL,
  hash           bytea       NOT NULL,
  fingerprints   bytea       NOT NULL,
  sealed_at      timestamptz NOT NULL
);

CREATE TRIGGER seals_refuse_change BEFORE UPDATE OR DELETE ON es.seals
  FOR EACH ROW EXECUTE FUNCTION es.refuse_change();
CREATE TRIGGER seals_refuse_truncate BEFORE TRUNCATE ON es.seals
  FOR EACH STATEMENT EXECUTE FUNCTION es.refuse_change();
