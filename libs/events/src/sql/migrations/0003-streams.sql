-- One row per stream: the guard of the expected version. `last_transaction` keeps a stream's order in the log: a
-- transaction that took its id before the stream's last writer may not append behind it (docs/decisions/0001).
-- COLLATE "C": names are compared as bytes, the same order on every server and in the application.
CREATE TABLE es.streams (
  stream_id        text COLLATE "C" NOT NULL,
  version          int    NOT NULL,
  first_position   bigint NOT NULL,
  last_position    bigint NOT NULL,
  last_transaction xid8   NOT NULL,
  PRIMARY KEY (stream_id)
) WITH (fillfactor = 80); -- room on the page keeps the updates of version heap-only (HOT)
