SELECT s.number, s.first_xid, s.first_position, s.last_xid, s.last_position, s.events, s.root, s.previous, s.hash,
       s.fingerprints, s.sealed_at AT TIME ZONE 'UTC'
FROM es.seals AS s
WHERE s.number > $1
ORDER BY s.number
LIMIT $2
