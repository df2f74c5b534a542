-- A grain's stored state and its version.
SELECT state::text, version
FROM grain_storage
WHERE grain_type = $1 AND grain_key = $2 AND name = $3
