-- A calibration under the next number, unless it says the same as the one in force.
INSERT INTO calibrations (number, computed_at, curves)
SELECT coalesce(max(number), 0) + 1, $1, $2::jsonb
FROM calibrations
HAVING coalesce((SELECT curves FROM calibrations ORDER BY number DESC LIMIT 1), '[]'::jsonb) <> $2::jsonb
