-- As read-all.sql, but only the events of some types inside the next $3 events of the log; the last two columns say how
-- far the window went, so that a reader of rare events moves on also over those that it does not want. $5 takes the place of
-- the horizon for who asks whether something has happened, and keeps no place.
WITH seen AS MATERIALIZED (
  SELECT e.position, e.xid, e.stream_id, e.version, e.event_id, e.type, e.schema_version, e.data, e.metadata, e.hash,
         e.occurred_at AT TIME ZONE 'UTC' AS occurred_at, e.recorded_at AT TIME ZONE 'UTC' AS recorded_at
  FROM es.events AS e
  WHERE (e.xid, e.position) > ($1::xid8, $2::bigint) AND e.xid < coalesce($5::xid8, pg_snapshot_xmin(pg_current_snapshot()))
  ORDER BY e.xid, e.position
  LIMIT $3
)
SELECT wanted.*, last.xid, last.position
FROM (SELECT seen.xid, seen.position FROM seen ORDER BY seen.xid DESC, seen.position DESC LIMIT 1) AS last
LEFT JOIN (SELECT * FROM seen WHERE seen.type = ANY ($4::text[])) AS wanted ON true
ORDER BY wanted.xid, wanted.position
