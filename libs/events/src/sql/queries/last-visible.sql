-- The last event that is committed, settled or not: what a reader must have passed to have seen all there is now.
SELECT e.xid, e.position FROM es.events AS e ORDER BY e.xid DESC, e.position DESC LIMIT 1
