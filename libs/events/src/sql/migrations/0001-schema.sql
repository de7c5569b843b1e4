-- Everything of the event store lives in its own schema, so that the read models' tools never touch it.
CREATE SCHEMA IF NOT EXISTS es;
