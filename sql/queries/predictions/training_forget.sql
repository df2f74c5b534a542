-- Forgets the training runs that so many newer ones came after.
DELETE FROM prediction_training_runs
WHERE finished_at IS NOT NULL AND id IN (SELECT id FROM prediction_training_runs ORDER BY requested_at DESC, id DESC OFFSET $1)
