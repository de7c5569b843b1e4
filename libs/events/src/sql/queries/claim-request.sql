INSERT INTO es.requests AS r (key, digest, result) VALUES ($1, $2, 'null')
ON CONFLICT (key) DO NOTHING
RETURNING r.key
