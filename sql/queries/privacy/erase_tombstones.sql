-- Remembers by their hashes that ids were erased.
INSERT INTO tombstones (hash) SELECT * FROM unnest($1::bytea[]) ON CONFLICT DO NOTHING
