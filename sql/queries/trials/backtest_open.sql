-- Opens a backtest over everybody, unless so many are unfinished already; answers how many rows it wrote.
WITH backtest AS (
    INSERT INTO backtests (id, author, rules, active_version, counted_from, counted_to, started_at, total)
    SELECT $1, $2, $3::json, $4, $5, $6, $7, (SELECT count(*) FROM customer_states)
    WHERE (SELECT count(*) FROM backtests WHERE finished_at IS NULL) < $8
    RETURNING id
)
INSERT INTO backtest_shards (backtest_id, shard)
SELECT id, shard FROM backtest, generate_series(0, $9 - 1) AS shard
