-- The events of a stream are found by a number, the position of its first event, instead of by its name. Names are made of
-- random ids, so an index on them is written at a random page for every new stream: with this number new streams are
-- written at the end of it, and only es.streams keeps an index of names. Likewise (xid, position), which a log has to have
-- for its order, also identifies an event: an index on the position alone was kept for nothing.
ALTER TABLE es.events ADD COLUMN stream_number bigint;

-- Events are never changed: the guard is put back in this same transaction, and no hash covers the number.
DROP TRIGGER events_refuse_change ON es.events;
UPDATE es.events AS e
SET stream_number = coalesce((SELECT s.first_position FROM es.streams AS s WHERE s.stream_id = e.stream_id), e.position);
CREATE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE ON es.events
  FOR EACH ROW EXECUTE FUNCTION es.refuse_change();

ALTER TABLE es.events ALTER COLUMN stream_number SET NOT NULL;
ALTER TABLE es.events DROP CONSTRAINT events_pkey;
ALTER TABLE es.events ADD PRIMARY KEY (xid, position);
DROP INDEX es.events_order;

DO $$
DECLARE
  partition text;
BEGIN
  FOR partition IN
    SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid WHERE i.inhparent = 'es.events'::regclass
  LOOP
    EXECUTE format('DROP INDEX es.%I', partition || '_stream_id_version_idx');
    EXECUTE format('CREATE UNIQUE INDEX ON es.%I (stream_number, version)', partition);
  END LOOP;
END $$;

-- As in 0006, with the index of the number.
CREATE OR REPLACE FUNCTION es.ensure_partitions(ahead int DEFAULT 2, rows_per_partition bigint DEFAULT 20000000)
RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  current_block bigint;
  block         bigint;
  partition     text;
  made          int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('es.ensure_partitions', 0));
  SELECT last_value / rows_per_partition INTO current_block FROM es.position;
  FOR block IN current_block .. current_block + ahead LOOP
    partition := 'events_p' || lpad(block::text, 6, '0');
    CONTINUE WHEN to_regclass('es.' || partition) IS NOT NULL;
    EXECUTE format('CREATE TABLE es.%I (LIKE es.events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    -- A reader of one stream walks this index; that it is unique is the second guard behind es.streams.
    EXECUTE format('CREATE UNIQUE INDEX ON es.%I (stream_number, version)', partition);
    EXECUTE format(
      'CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON es.%I FOR EACH STATEMENT EXECUTE FUNCTION es.refuse_change()',
      partition);
    EXECUTE format('ALTER TABLE es.events ATTACH PARTITION es.%I FOR VALUES FROM (%s) TO (%s)',
      partition, block * rows_per_partition, (block + 1) * rows_per_partition);
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;
