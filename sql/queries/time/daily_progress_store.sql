-- Remembers how far the daily rows follow the log.
UPDATE daily_metrics_progress SET through = $1
