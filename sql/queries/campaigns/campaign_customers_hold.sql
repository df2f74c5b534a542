-- Those of some customers whose messages nobody else is looking at; they are held until the transaction ends.
SELECT id FROM unnest($1::text[]) AS n (id) WHERE pg_try_advisory_xact_lock(hashtextextended(id, 5020260023))
