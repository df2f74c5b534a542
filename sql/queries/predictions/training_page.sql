-- Training runs, newest first, before a place where one is given.
SELECT id, requested_by, requested_at, began_at, finished_at, step, share, customers, rows, result, model, note
FROM prediction_training_runs
WHERE $1::timestamptz IS NULL OR (requested_at, id) < ($1, $2)
ORDER BY requested_at DESC, id DESC
LIMIT $3
