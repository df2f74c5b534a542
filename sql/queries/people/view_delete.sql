-- Takes a view of somebody away; of an admin also one that somebody else shares.
DELETE FROM saved_views v
USING (
    SELECT owner_id, name FROM saved_views
    WHERE name = $2 AND (owner_id = $1 OR shared AND $3)
    ORDER BY owner_id = $1 DESC
    LIMIT 1
) AS gone
WHERE v.owner_id = gone.owner_id AND v.name = gone.name
RETURNING v.name, v.owner, v.owner_id = $1, v.filter, v.columns, v.shared, v.saved_at
