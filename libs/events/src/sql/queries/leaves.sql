-- What the next seal covers; the same order and horizon as read-all.sql, without the data.
SELECT e.xid, e.position, e.recorded_at AT TIME ZONE 'UTC', e.hash
FROM es.events AS e
WHERE (e.xid, e.position) > ($1::xid8, $2::bigint) AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY e.xid, e.position
LIMIT $3
