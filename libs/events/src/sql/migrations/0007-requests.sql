-- What was done under a key: the chunks of a bulk append, and the appends whose expectation cannot show that they were
-- already made ('any', 'exists'). Written in the transaction of the append; may be pruned by age.
CREATE TABLE es.requests (
  key        text COLLATE "C" PRIMARY KEY,
  digest     bytea       NOT NULL,
  result     json        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
