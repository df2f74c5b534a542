-- Takes a grain's state away at the version it was read at.
DELETE FROM grain_storage
WHERE grain_type = $1 AND grain_key = $2 AND name = $3 AND version = $4
