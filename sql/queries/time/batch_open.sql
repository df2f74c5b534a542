-- Opens a batch over everybody who was there when it became due, or over those of a tag; the second of two processes finds it open.
WITH batch AS (
    INSERT INTO evaluation_batches (id, scope, due_at, started_at, total, tag)
    SELECT $1, $2, $3, $4,
        CASE WHEN $6::text IS NULL THEN (SELECT count(*) FROM customers WHERE created_at <= $3) ELSE (SELECT count(*) FROM customer_states WHERE tag = $6) END,
        $6
    ON CONFLICT DO NOTHING
    RETURNING id
)
INSERT INTO evaluation_batch_shards (batch_id, shard)
SELECT id, shard FROM batch, generate_series(0, $5 - 1) AS shard
