-- Saves a view in place of the one of that name.
INSERT INTO saved_views (owner_id, name, owner, filter, columns, shared) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (owner_id, name) DO UPDATE SET owner = excluded.owner, filter = excluded.filter, columns = excluded.columns, shared = excluded.shared,
    saved_at = excluded.saved_at
RETURNING saved_at
