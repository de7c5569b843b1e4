-- The log. `json`, not `jsonb`: the bytes that were hashed are the bytes that are kept.
-- Uniqueness of (stream_id, version) is guarded by es.streams, and once more inside each partition.
CREATE TABLE es.events (
  position       bigint      NOT NULL DEFAULT nextval('es.position'),
  xid            xid8        NOT NULL DEFAULT pg_current_xact_id(),
  stream_id      text COLLATE "C" NOT NULL,
  version        int         NOT NULL,
  event_id       uuid        NOT NULL,
  type           text COLLATE "C" NOT NULL,
  schema_version smallint    NOT NULL,
  data           json        NOT NULL,
  metadata       json        NOT NULL,
  hash           bytea       NOT NULL,
  occurred_at    timestamptz NOT NULL,
  recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (position)
) PARTITION BY RANGE (position);

CREATE INDEX events_order ON es.events (xid, position);
