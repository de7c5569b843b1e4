SELECT e.position, e.xid, e.stream_id, e.version, e.event_id, e.type, e.schema_version, e.data, e.metadata, e.hash,
       e.occurred_at AT TIME ZONE 'UTC', e.recorded_at AT TIME ZONE 'UTC'
FROM es.events AS e
WHERE e.stream_id = $1 AND e.type <> ALL ($4::text[]) AND e.version <= $2
ORDER BY e.version DESC
LIMIT $3
