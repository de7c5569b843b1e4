-- The last settled event: everything before it in (xid, position) order is decided.
SELECT e.xid, e.position
FROM es.events AS e
WHERE e.xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY e.xid DESC, e.position DESC
LIMIT 1
