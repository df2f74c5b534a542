-- Opens a batch over everybody who was there when it became due; the second of two processes finds it open.
WITH batch AS (
    INSERT INTO evaluation_batches (id, scope, due_at, started_at, total)
    SELECT $1, $2, $3, $4, count(*) FROM customers WHERE created_at <= $3
    ON CONFLICT DO NOTHING
    RETURNING id
)
INSERT INTO evaluation_batch_shards (batch_id, shard)
SELECT id, shard FROM batch, generate_series(0, $5 - 1) AS shard
