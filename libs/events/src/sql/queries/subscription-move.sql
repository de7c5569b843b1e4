UPDATE es.subscriptions
SET xid = $2::xid8, position = $3, events = events + $4, status = 'running', attempts = 0, last_error = NULL,
    updated_at = clock_timestamp()
WHERE name = $1
