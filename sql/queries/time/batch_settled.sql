-- The last business midnight whose daily batch is over for a range of shards.
SELECT max(b.due_at)
FROM evaluation_batches b
WHERE b.scope = 'daily'
    AND NOT EXISTS (
        SELECT FROM evaluation_batch_shards p
        WHERE p.batch_id = b.id AND p.shard BETWEEN $1 AND $2 AND p.finished_at IS NULL)
