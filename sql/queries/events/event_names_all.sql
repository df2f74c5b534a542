-- The whole catalogue, which is bounded.
SELECT key, name, count, first_seen_at, last_seen_at, activity, changed_at, changed_by
FROM event_names;
