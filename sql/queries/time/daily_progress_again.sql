-- The daily rows follow the log from its beginning once more.
UPDATE daily_metrics_progress SET through = '0'
