-- One event behind version $9 of an existing stream, in one statement; no row given back means a conflict.
-- The comparison of transaction ids refuses to put an event before one that the stream already holds.
WITH head AS (
  UPDATE es.streams AS s
  SET version = s.version + 1, last_position = nextval('es.position'), last_transaction = pg_current_xact_id()
  WHERE s.stream_id = $1::text AND s.version = $9::int AND s.last_transaction <= pg_current_xact_id()
  RETURNING s.first_position, s.last_position, s.version
)
INSERT INTO es.events AS e
  (position, stream_number, stream_id, version, event_id, type, schema_version, data, metadata, hash, occurred_at)
SELECT head.last_position, head.first_position, $1::text, head.version, $2::uuid, $3::text, $4::smallint, $5::json, $6::json,
       $7::bytea, $8::timestamptz
FROM head
RETURNING e.position, e.xid
