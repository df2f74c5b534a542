-- Takes a day for its samples; no row is written where another process has.
INSERT INTO prediction_sample_days (day, taken_at, model, rows) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING
