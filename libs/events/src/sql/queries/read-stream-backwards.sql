-- As read-stream-forwards.sql: the $3 versions down from $2, or from the newest one when that is less.
SELECT e.position, e.xid, e.stream_id, e.version, e.event_id, e.type, e.schema_version, e.data, e.metadata, e.hash,
       e.occurred_at AT TIME ZONE 'UTC', e.recorded_at AT TIME ZONE 'UTC', s.version
FROM es.streams AS s
LEFT JOIN es.events AS e
  ON e.stream_number = s.first_position AND e.version <= least($2::bigint, s.version)
  AND e.version > least($2::bigint, s.version) - $3::bigint AND e.type <> ALL ($4::text[])
WHERE s.stream_id = $1
ORDER BY e.version DESC
