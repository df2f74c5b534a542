-- Takes an unfinished shard of the oldest unfinished backtest that nobody else is working on; the lock lasts as long as the transaction.
SELECT b.id, b.rules::text, b.active_version, b.counted_from, b.counted_to, s.shard, s.cursor
FROM backtest_shards s
JOIN backtests b ON b.id = s.backtest_id
WHERE b.finished_at IS NULL AND s.finished_at IS NULL
ORDER BY b.started_at, b.id, s.shard
LIMIT 1
FOR UPDATE OF s SKIP LOCKED
