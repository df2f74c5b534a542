-- Waits for whoever makes daily rows or figures, and keeps them from it until the commit: they could be of an older sight.
SELECT d.through FROM daily_metrics_progress d, customer_figures_progress f FOR UPDATE
