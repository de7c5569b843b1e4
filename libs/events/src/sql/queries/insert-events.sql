INSERT INTO es.events (position, stream_id, version, event_id, type, schema_version, data, metadata, hash, occurred_at)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::int[], $4::uuid[], $5::text[], $6::smallint[], $7::json[], $8::json[],
                     $9::bytea[], $10::timestamptz[])
