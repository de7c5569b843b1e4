-- The events that stand where an append wanted to write: is it this very command that wrote them?
SELECT wanted.stream_id, e.version, e.event_id, e.type, e.position, e.xid
FROM unnest($1::text[], $2::int[]) AS wanted (stream_id, version)
JOIN es.streams AS s ON s.stream_id = wanted.stream_id
JOIN es.events AS e ON e.stream_number = s.first_position AND e.version = wanted.version
