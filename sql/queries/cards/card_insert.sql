-- A new card, unless it has expired already.
INSERT INTO cards (id, hash, name, created_by, expires_at) SELECT $1, $2, $3, $4, $5::timestamptz WHERE $5::timestamptz IS NULL OR $5::timestamptz > now()
RETURNING created_at
