-- What the shards of some finished backtests came to.
SELECT s.backtest_id, s.candidate::text, s.active::text
FROM backtest_shards s
JOIN backtests b ON b.id = s.backtest_id
WHERE s.backtest_id = ANY ($1) AND b.finished_at IS NOT NULL
