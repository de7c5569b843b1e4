SELECT s.number, s.first_xid, s.first_position, s.last_xid, s.last_position, s.events, s.root, s.previous, s.hash,
       s.fingerprints, s.sealed_at AT TIME ZONE 'UTC'
FROM es.seals AS s
ORDER BY s.number DESC
LIMIT 1
