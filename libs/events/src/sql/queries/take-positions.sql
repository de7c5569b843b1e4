-- A block of positions for one transaction, ascending, with the transaction that takes them.
SELECT pg_current_xact_id(), array_to_string(array_agg(nextval('es.position')), ',') FROM generate_series(1, $1::int)
