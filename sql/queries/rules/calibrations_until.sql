-- The calibrations up to an instant, in their order, with when each came into force.
SELECT number, curves::text, computed_at
FROM calibrations
WHERE computed_at <= $1
ORDER BY number
