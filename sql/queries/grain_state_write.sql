-- Writes a grain's state over the version it was read at; over none at version 0. No row: somebody else wrote.
INSERT INTO grain_storage AS stored (grain_type, grain_key, name, version, state)
SELECT $1, $2, $3, 1, $5::jsonb
WHERE $4 = 0 OR EXISTS (SELECT FROM grain_storage WHERE grain_type = $1 AND grain_key = $2 AND name = $3 AND version = $4)
ON CONFLICT (grain_type, grain_key, name) DO UPDATE
SET version = stored.version + 1, state = excluded.state
WHERE stored.version = $4
RETURNING stored.version
