-- Waits for whoever is working on unfinished shards of a batch, and answers how many are unfinished still.
SELECT count(*)
FROM (
    SELECT FROM evaluation_batch_shards
    WHERE batch_id = $1 AND shard BETWEEN $2 AND $3 AND finished_at IS NULL
        AND EXISTS (SELECT FROM evaluation_batches b WHERE b.id = $1 AND b.finished_at IS NULL)
    ORDER BY shard
    FOR UPDATE
) unfinished
