-- Head rows of existing streams, locked in the order of their names so that two appends never wait for each other.
SELECT s.stream_id, s.version, s.last_transaction > pg_current_xact_id(), s.first_position
FROM es.streams AS s
WHERE s.stream_id = ANY ($1::text[])
ORDER BY s.stream_id
FOR UPDATE
