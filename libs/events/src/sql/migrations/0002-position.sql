-- The stable name of an event. Not a cursor by itself: numbers are taken before commit, so a reader that resumes by
-- position alone loses what commits late (docs/decisions/0001).
CREATE SEQUENCE es.position AS bigint;
