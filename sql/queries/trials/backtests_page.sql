-- Backtests, newest first, before a place where one is given, or one of them by its id.
SELECT b.id, b.author, b.active_version, b.counted_from, b.counted_to, b.started_at, b.finished_at, b.total,
    (SELECT sum(customers) FROM backtest_shards s WHERE s.backtest_id = b.id)::integer AS customers,
    (SELECT sum(errors) FROM backtest_shards s WHERE s.backtest_id = b.id)::integer AS errors
FROM backtests b
WHERE ($1::timestamptz IS NULL OR (b.started_at, b.id) < ($1, $2)) AND ($3::text IS NULL OR b.id = $3)
ORDER BY b.started_at DESC, b.id DESC
LIMIT $4
