-- The cursor of each subscription, moved in the transaction of what the subscription did with the events.
CREATE TABLE es.subscriptions (
  name       text COLLATE "C" PRIMARY KEY,
  xid        xid8        NOT NULL DEFAULT '0',
  position   bigint      NOT NULL DEFAULT 0,
  events     bigint      NOT NULL DEFAULT 0,
  status     text        NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'failing', 'stopped')),
  attempts   int         NOT NULL DEFAULT 0,
  last_error json,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
