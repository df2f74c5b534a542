-- Closes a batch once no shard is left.
UPDATE evaluation_batches b
SET finished_at = $2
WHERE id = $1 AND finished_at IS NULL
    AND NOT EXISTS (SELECT FROM evaluation_batch_shards p WHERE p.batch_id = b.id AND p.finished_at IS NULL)
