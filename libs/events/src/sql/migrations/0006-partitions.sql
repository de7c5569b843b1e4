-- Makes sure that the partition of the next position and `ahead` more exist; gives the number of those it made.
-- A partition is built alone and then attached: ATTACH blocks no writer, CREATE TABLE … PARTITION OF would.
CREATE FUNCTION es.ensure_partitions(ahead int DEFAULT 2, rows_per_partition bigint DEFAULT 20000000)
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
    EXECUTE format('CREATE UNIQUE INDEX ON es.%I (stream_id, version)', partition);
    EXECUTE format(
      'CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON es.%I FOR EACH STATEMENT EXECUTE FUNCTION es.refuse_change()',
      partition);
    EXECUTE format('ALTER TABLE es.events ATTACH PARTITION es.%I FOR VALUES FROM (%s) TO (%s)',
      partition, block * rows_per_partition, (block + 1) * rows_per_partition);
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;

SELECT es.ensure_partitions();
