-- The rows are locked by lock-streams.sql; positions were taken before the lock, hence greatest().
UPDATE es.streams AS s
SET version = n.version, last_position = greatest(s.last_position, n.last_position), last_transaction = pg_current_xact_id()
FROM unnest($1::text[], $2::int[], $3::bigint[]) AS n (stream_id, version, last_position)
WHERE s.stream_id = n.stream_id
