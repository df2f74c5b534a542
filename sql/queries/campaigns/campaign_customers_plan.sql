-- One at a time plans for a customer until its transaction ends: what one adds, the next one sees and can cancel.
SELECT pg_advisory_xact_lock(hashtextextended(id, 5020260024))
FROM (SELECT id FROM unnest($1::text[]) AS n (id) ORDER BY id) AS sorted
