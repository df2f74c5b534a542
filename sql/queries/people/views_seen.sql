-- The views that somebody saved, and those that others share, by name; those of the person first where names are the same.
SELECT name, owner, owner_id = $1 AS is_own, filter, columns, shared, saved_at
FROM saved_views
WHERE owner_id = $1 OR shared
ORDER BY name, is_own DESC
