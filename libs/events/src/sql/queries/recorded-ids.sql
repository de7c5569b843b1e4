-- The events that stand where an append wanted to write: is it this very command that wrote them?
SELECT e.stream_id, e.version, e.event_id, e.type, e.position, e.xid
FROM unnest($1::text[], $2::int[]) AS wanted (stream_id, version)
JOIN es.events AS e ON e.stream_id = wanted.stream_id AND e.version = wanted.version
