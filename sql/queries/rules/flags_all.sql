-- Every flag that was ever set.
SELECT name, value::text, changed_at, changed_by FROM flags ORDER BY name
