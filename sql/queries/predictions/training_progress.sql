-- How far a training run is.
UPDATE prediction_training_runs SET step = $2, share = $3, customers = $4, rows = $5 WHERE id = $1 AND finished_at IS NULL
