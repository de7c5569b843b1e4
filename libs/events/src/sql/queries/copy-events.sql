COPY es.events (position, stream_number, stream_id, version, event_id, type, schema_version, data, metadata, hash, occurred_at)
FROM STDIN
