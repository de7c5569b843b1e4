-- Makes the partitions of the positions to come; cheap when they exist.
SELECT es.ensure_partitions()
