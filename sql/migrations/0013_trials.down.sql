DROP INDEX audit_log_target;
DROP TABLE shadow_counts, shadow_differences, backtest_shards, backtests;
