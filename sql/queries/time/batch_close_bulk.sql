-- Records what came of what a person did to some customers at once.
WITH closed AS (
    UPDATE evaluation_batches SET finished_at = $2, unknown = $3 WHERE id = $1
    RETURNING id
)
INSERT INTO evaluation_batch_shards (batch_id, shard, evaluated, errors, reviews, finished_at)
SELECT id, 0, $4, $5, $6, $2 FROM closed
