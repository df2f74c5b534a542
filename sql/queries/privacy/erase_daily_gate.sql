-- Waits for whoever makes daily rows, and keeps them from it until the commit: they could be of an older sight.
SELECT through FROM daily_metrics_progress FOR UPDATE
