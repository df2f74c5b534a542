-- The calibration in force, or none.
SELECT number, curves::text
FROM calibrations
ORDER BY number DESC
LIMIT 1
