-- The log behind a checkpoint, below the horizon: nothing that could still commit sorts before what is given here.
-- `ORDER BY e.xid`, never `xid`: an output column of that name would be sorted as text.
SELECT e.position, e.xid, e.stream_id, e.version, e.event_id, e.type, e.schema_version, e.data, e.metadata, e.hash,
       e.occurred_at AT TIME ZONE 'UTC', e.recorded_at AT TIME ZONE 'UTC'
FROM es.events AS e
WHERE (e.xid, e.position) > ($1::xid8, $2::bigint) AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY e.xid, e.position
LIMIT $3
