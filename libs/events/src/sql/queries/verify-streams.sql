-- Streams whose events are not the versions 1 .. n in the order of the log, n being the version of their head row.
-- Nor those whose events are not all found by the number that the head row gives: their readers would miss some.
-- Left to the server because it sorts on disk: a reader that remembers every stream's version has no bound.
SELECT coalesce(s.stream_id, e.stream_id), s.version, e.events, e.highest, e.broken_xid, e.broken_position,
       s.first_position <> e.lowest_number OR s.first_position <> e.highest_number
FROM es.streams AS s
FULL JOIN (
  SELECT w.stream_id, count(*) AS events, max(w.version) AS highest,
         min(w.stream_number) AS lowest_number, max(w.stream_number) AS highest_number,
         (array_agg(w.xid ORDER BY w.xid, w.position) FILTER (WHERE w.version <> w.rank))[1] AS broken_xid,
         (array_agg(w.position ORDER BY w.xid, w.position) FILTER (WHERE w.version <> w.rank))[1] AS broken_position
  FROM (
    SELECT e.stream_id, e.stream_number, e.version, e.xid, e.position,
           row_number() OVER (PARTITION BY e.stream_id ORDER BY e.xid, e.position) AS rank
    FROM es.events AS e
  ) AS w
  GROUP BY w.stream_id
) AS e ON e.stream_id = s.stream_id
WHERE s.version IS DISTINCT FROM e.events OR e.broken_position IS NOT NULL
   OR s.first_position <> e.lowest_number OR s.first_position <> e.highest_number
ORDER BY e.broken_xid, e.broken_position
LIMIT $1
