-- The daily rows follow the log from this very transaction on.
UPDATE daily_metrics_progress SET through = pg_current_xact_id()
