-- Opens a training run, unless one is unfinished; answers how many rows it wrote.
INSERT INTO prediction_training_runs (id, requested_by, requested_at, step) VALUES ($1, $2, $3, $4)
ON CONFLICT ((true)) WHERE finished_at IS NULL DO NOTHING
