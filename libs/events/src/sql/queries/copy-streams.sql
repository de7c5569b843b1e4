COPY es.streams (stream_id, version, first_position, last_position, last_transaction) FROM STDIN
