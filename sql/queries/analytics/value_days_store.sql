-- Keeps the sums of a day.
WITH gone AS (DELETE FROM value_days WHERE day = $1 AND (tag, tier) NOT IN (SELECT * FROM unnest($2::text[], $3::text[])))
INSERT INTO value_days (day, tag, tier, customers, value, variance, together)
SELECT $1, n.* FROM unnest($2::text[], $3::text[], $4::bigint[], $5::double precision[], $6::double precision[], $7::double precision[]) AS n
ON CONFLICT (day, tag, tier) DO UPDATE
SET customers = excluded.customers, value = excluded.value, variance = excluded.variance, together = excluded.together
