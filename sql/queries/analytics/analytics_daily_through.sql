-- How far the daily rows follow the log.
SELECT through FROM daily_metrics_progress
