-- Opens a batch over some customers; ids that nobody has are counted and not kept. Without anybody it is over at once.
WITH asked AS (
    SELECT DISTINCT customer_id FROM unnest($4::text[]) AS given (customer_id)
),
known AS (
    INSERT INTO evaluation_batch_customers (customer_id, batch_id, shard)
    SELECT s.customer_id, $1, s.shard FROM asked JOIN customer_states s USING (customer_id)
    RETURNING shard
),
batch AS (
    INSERT INTO evaluation_batches (id, scope, due_at, started_at, finished_at, total, listed, unknown)
    SELECT $1, $2, $3, $3, CASE WHEN NOT EXISTS (SELECT FROM known) THEN $3 END, (SELECT count(*) FROM known), true,
        (SELECT count(*) FROM asked) - (SELECT count(*) FROM known) + $5
    RETURNING id
)
INSERT INTO evaluation_batch_shards (batch_id, shard)
SELECT DISTINCT batch.id, known.shard FROM batch, known
