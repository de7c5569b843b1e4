-- One process works at a time: a row that somebody else holds, or has moved since we read it, is not given.
SELECT s.name FROM es.subscriptions AS s
WHERE s.name = $1 AND s.xid = $2::xid8 AND s.position = $3::bigint
FOR UPDATE SKIP LOCKED
