-- The same, held until the commit; nothing while rows are being made.
SELECT through FROM daily_metrics_progress FOR SHARE SKIP LOCKED
