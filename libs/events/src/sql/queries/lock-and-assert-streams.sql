-- As lock-streams.sql, for an append that also rests on streams which it does not write: their head rows are locked FOR
-- SHARE, so that those who rest on the same stream pass together and who writes it waits. Both kinds in one pass in the
-- order of the names: in two passes, two appends that each write what the other one rests on would wait in a circle.
-- Lateral subqueries can only be joined row by row, in the order of `wanted`.
SELECT coalesce(written.stream_id, read.stream_id), coalesce(written.version, read.version),
       coalesce(written.is_later, read.is_later), coalesce(written.first_position, read.first_position)
FROM (
  SELECT w.stream_id, w.is_written
  FROM unnest($1::text[], $2::boolean[]) AS w (stream_id, is_written)
  ORDER BY w.stream_id COLLATE "C"
) AS wanted
LEFT JOIN LATERAL (
  SELECT s.stream_id, s.version, s.last_transaction > pg_current_xact_id() AS is_later, s.first_position
  FROM es.streams AS s
  WHERE wanted.is_written AND s.stream_id = wanted.stream_id
  FOR UPDATE
) AS written ON true
LEFT JOIN LATERAL (
  SELECT s.stream_id, s.version, s.last_transaction > pg_current_xact_id() AS is_later, s.first_position
  FROM es.streams AS s
  WHERE NOT wanted.is_written AND s.stream_id = wanted.stream_id
  FOR SHARE
) AS read ON true
WHERE coalesce(written.stream_id, read.stream_id) IS NOT NULL
