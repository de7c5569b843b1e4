UPDATE es.subscriptions
SET status = $2, attempts = attempts + 1, last_error = $3, updated_at = clock_timestamp()
WHERE name = $1
