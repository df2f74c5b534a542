-- What a flag is, held until the transaction that changes it ends.
SELECT value::text FROM flags WHERE name = $1 FOR UPDATE;
