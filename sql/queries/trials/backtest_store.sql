-- Records how far a shard was played, and the figures so far.
UPDATE backtest_shards
SET cursor = $3, customers = customers + $4, errors = errors + $5, candidate = $6::jsonb, active = $7::jsonb,
    finished_at = CASE WHEN $8 THEN $9::timestamptz END
WHERE backtest_id = $1 AND shard = $2
