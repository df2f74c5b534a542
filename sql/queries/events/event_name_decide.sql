-- Decides about a name that was seen, or takes the decision back; answers the name as it is then.
UPDATE event_names
SET activity = $2, changed_at = $3, changed_by = $4
WHERE key = $1 AND key <> ''
RETURNING key, name, count, first_seen_at, last_seen_at, activity, changed_at, changed_by;
