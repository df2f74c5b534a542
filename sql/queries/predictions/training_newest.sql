-- When the last training was asked for; no row where none ever was.
SELECT requested_at FROM prediction_training_runs ORDER BY requested_at DESC LIMIT 1
