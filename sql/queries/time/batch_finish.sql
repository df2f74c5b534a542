-- Closes a batch once no shard is left, and forgets whom it was over.
WITH finished AS (
    UPDATE evaluation_batches b
    SET finished_at = $2
    WHERE id = $1 AND finished_at IS NULL
        AND NOT EXISTS (SELECT FROM evaluation_batch_shards p WHERE p.batch_id = b.id AND p.finished_at IS NULL)
    RETURNING id
)
DELETE FROM evaluation_batch_customers c USING finished WHERE c.batch_id = finished.id
