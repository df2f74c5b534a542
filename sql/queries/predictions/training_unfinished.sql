-- The training run that is not over, and whether somebody began it.
SELECT id, requested_by, began_at IS NOT NULL FROM prediction_training_runs WHERE finished_at IS NULL
