-- The head rows that were inserted to find out, and to keep, that these streams do not exist. Whoever would create one of
-- them waits for the end of this transaction even though the row is gone from it.
DELETE FROM es.streams AS s WHERE s.stream_id = ANY ($1::text[]) AND s.version = 0
