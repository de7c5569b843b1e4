-- One event into a new stream, in one statement. The head row is inserted or nothing is: upserting it would create a
-- missing stream at version n + 1 when n was expected, so creating and extending are two texts.
WITH head AS (
  INSERT INTO es.streams AS s (stream_id, version, first_position, last_position, last_transaction)
  SELECT $1::text, 1, p.position, p.position, pg_current_xact_id() FROM (SELECT nextval('es.position') AS position) AS p
  ON CONFLICT (stream_id) DO NOTHING
  RETURNING s.first_position
)
INSERT INTO es.events AS e
  (position, stream_number, stream_id, version, event_id, type, schema_version, data, metadata, hash, occurred_at)
SELECT head.first_position, head.first_position, $1::text, 1, $2::uuid, $3::text, $4::smallint, $5::json, $6::json,
       $7::bytea, $8::timestamptz
FROM head
RETURNING e.position, e.xid
