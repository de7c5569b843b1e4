-- True when the log holds transactions that this server has not given out yet: a logical restore into a new cluster.
SELECT coalesce(
  (SELECT e.xid FROM es.events AS e ORDER BY e.xid DESC, e.position DESC LIMIT 1) >= pg_snapshot_xmax(pg_current_snapshot()),
  false)
