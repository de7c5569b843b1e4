SELECT s.stream_id, s.version FROM es.streams AS s WHERE s.stream_id = ANY ($1::text[])
