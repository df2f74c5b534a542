-- Takes the unfinished shards of a batch that nobody else is working on; the locks last as long as the transaction.
SELECT shard, cursor
FROM evaluation_batch_shards
WHERE batch_id = $1 AND shard BETWEEN $2 AND $3 AND finished_at IS NULL
ORDER BY shard
FOR UPDATE SKIP LOCKED
