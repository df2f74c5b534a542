-- A name as it is, held until the transaction that decides about it ends.
SELECT key, name, count, first_seen_at, last_seen_at, activity, changed_at, changed_by
FROM event_names
WHERE key = $1 AND key <> ''
FOR UPDATE;
