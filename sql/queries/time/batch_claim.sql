-- Takes the unfinished shards of a batch that nobody else is working on, unless the batch was ended, and over whom it is; the locks last as long as the
-- transaction.
SELECT p.shard, p.cursor, b.tag, b.listed
FROM evaluation_batch_shards p
JOIN evaluation_batches b ON b.id = p.batch_id
WHERE p.batch_id = $1 AND p.shard BETWEEN $2 AND $3 AND p.finished_at IS NULL AND b.finished_at IS NULL
ORDER BY p.shard
FOR UPDATE OF p SKIP LOCKED
