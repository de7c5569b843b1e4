-- Two sealers at once would write the same number: the second one's is refused by the primary key and it starts again.
INSERT INTO es.seals AS s
  (number, first_xid, first_position, last_xid, last_position, events, root, previous, hash, fingerprints, sealed_at)
VALUES ($1, $2::xid8, $3, $4::xid8, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (number) DO NOTHING
RETURNING s.number
