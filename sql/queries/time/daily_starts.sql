-- The starts that the daily rows of some customers were computed with.
SELECT customer_id, start FROM daily_metrics_starts WHERE customer_id = ANY ($1)
