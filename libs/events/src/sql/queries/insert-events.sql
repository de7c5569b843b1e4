INSERT INTO es.events
  (position, stream_number, stream_id, version, event_id, type, schema_version, data, metadata, hash, occurred_at)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::int[], $5::uuid[], $6::text[], $7::smallint[], $8::json[],
                     $9::json[], $10::bytea[], $11::timestamptz[])
