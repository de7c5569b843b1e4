-- After an append of one event found no stream at its version: where the stream is, and what stands where it wanted to write.
SELECT s.version, e.event_id, e.type, e.position, e.xid
FROM es.streams AS s
LEFT JOIN es.events AS e ON e.stream_number = s.first_position AND e.version = $2::int
WHERE s.stream_id = $1::text
