-- How far the daily rows follow the log, locked, after whoever is at it.
SELECT through FROM daily_metrics_progress FOR UPDATE
