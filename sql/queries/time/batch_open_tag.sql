-- Opens a batch over those who have a tag.
WITH batch AS (
    INSERT INTO evaluation_batches (id, scope, due_at, started_at, total, tag)
    SELECT $1, $2, $3, $4, count(*), $6 FROM customer_states WHERE tag = $6
    ON CONFLICT DO NOTHING
    RETURNING id
)
INSERT INTO evaluation_batch_shards (batch_id, shard)
SELECT id, shard FROM batch, generate_series(0, $5 - 1) AS shard
