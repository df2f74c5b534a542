-- Batches that were asked for and are not over, oldest first.
SELECT id, due_at, scope, tag
FROM evaluation_batches
WHERE finished_at IS NULL AND scope <> 'daily'
ORDER BY started_at
