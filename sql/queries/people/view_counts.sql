-- How many views somebody has beside one of a name, how many are shared beside it, and whether somebody else shares one of that name.
SELECT count(*) FILTER (WHERE owner_id = $1 AND name <> $2), count(*) FILTER (WHERE shared AND (owner_id, name) <> ($1, $2)),
    count(*) FILTER (WHERE shared AND name = $2 AND owner_id <> $1)
FROM saved_views
