-- The events at given places, in the order of the log.
SELECT e.position, e.xid, e.stream_id, e.version, e.event_id, e.type, e.schema_version, e.data, e.metadata, e.hash,
       e.occurred_at AT TIME ZONE 'UTC', e.recorded_at AT TIME ZONE 'UTC'
FROM es.events AS e
JOIN unnest($1::xid8[], $2::bigint[]) AS wanted (xid, position) ON (e.xid, e.position) = (wanted.xid, wanted.position)
ORDER BY e.xid, e.position
