-- Makes room in a full catalogue: forgets names that nobody decided about and nobody sent for long.
DELETE FROM event_names
WHERE activity IS NULL AND key <> '' AND last_seen_at < $2
  AND (SELECT count(*) FROM event_names WHERE key <> '') >= $1;
