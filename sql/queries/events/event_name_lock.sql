-- What was decided about a name that was seen, held until the transaction ends.
SELECT activity FROM event_names WHERE key = $1 AND key <> '' FOR UPDATE;
