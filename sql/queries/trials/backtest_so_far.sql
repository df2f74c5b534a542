-- What a shard came to so far.
SELECT candidate::text, active::text
FROM backtest_shards
WHERE backtest_id = $1 AND shard = $2
