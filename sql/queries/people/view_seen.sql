-- The view of a name that somebody saved, else the one that somebody shares.
SELECT name, owner, owner_id = $1 AS is_own, filter, columns, shared, saved_at
FROM saved_views
WHERE name = $2 AND (owner_id = $1 OR shared)
ORDER BY is_own DESC
LIMIT 1
