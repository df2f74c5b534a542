-- A training run is over.
UPDATE prediction_training_runs SET finished_at = $2, step = $3, share = 1, result = $4, model = $5, note = $6
WHERE id = $1 AND finished_at IS NULL
