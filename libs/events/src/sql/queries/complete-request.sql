UPDATE es.requests SET result = $2 WHERE key = $1
