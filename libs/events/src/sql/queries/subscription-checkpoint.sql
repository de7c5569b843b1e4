SELECT s.xid, s.position FROM es.subscriptions AS s WHERE s.name = $1
