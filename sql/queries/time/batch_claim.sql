-- Takes the unfinished shards of a batch that nobody else is working on, unless the batch was ended; the locks last as long as the transaction.
SELECT shard, cursor
FROM evaluation_batch_shards
WHERE batch_id = $1 AND shard BETWEEN $2 AND $3 AND finished_at IS NULL
    AND EXISTS (SELECT FROM evaluation_batches b WHERE b.id = $1 AND b.finished_at IS NULL)
ORDER BY shard
FOR UPDATE SKIP LOCKED
