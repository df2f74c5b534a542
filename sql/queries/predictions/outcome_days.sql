-- The earliest day whose samples have no outcome yet and were taken before an instant.
SELECT day, taken_at FROM prediction_sample_days WHERE NOT outcomes AND taken_at <= $1 ORDER BY day LIMIT 1 FOR UPDATE SKIP LOCKED
