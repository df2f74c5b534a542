-- A training run begins.
UPDATE prediction_training_runs SET began_at = $2, step = $3 WHERE id = $1 AND finished_at IS NULL
