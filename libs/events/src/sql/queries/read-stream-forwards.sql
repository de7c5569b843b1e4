-- The next $3 versions of a stream from $2 on, some types left out; a single row without an event when all are. A page is
-- bounded by versions: by a LIMIT alone, the planner, who knows no stream's length, sorts the whole stream for each page.
SELECT e.position, e.xid, e.stream_id, e.version, e.event_id, e.type, e.schema_version, e.data, e.metadata, e.hash,
       e.occurred_at AT TIME ZONE 'UTC', e.recorded_at AT TIME ZONE 'UTC', s.version
FROM es.streams AS s
LEFT JOIN es.events AS e
  ON e.stream_number = s.first_position AND e.version >= $2::bigint AND e.version < $2::bigint + $3::bigint
  AND e.type <> ALL ($4::text[])
WHERE s.stream_id = $1
ORDER BY e.version
