-- Closes the backtests of which no shard is left.
UPDATE backtests b
SET finished_at = $1
WHERE finished_at IS NULL AND NOT EXISTS (SELECT FROM backtest_shards s WHERE s.backtest_id = b.id AND s.finished_at IS NULL)
