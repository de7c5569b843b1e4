SELECT encode(r.digest, 'hex'), r.result FROM es.requests AS r WHERE r.key = $1
