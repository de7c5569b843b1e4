INSERT INTO es.streams AS s (stream_id, version, first_position, last_position, last_transaction)
SELECT n.stream_id, n.version, n.first_position, n.last_position, pg_current_xact_id()
FROM unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[]) AS n (stream_id, version, first_position, last_position)
ORDER BY n.stream_id COLLATE "C"
ON CONFLICT (stream_id) DO NOTHING
RETURNING s.stream_id
