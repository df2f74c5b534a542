-- How far the day tables follow the ledger, and when its first row that is still there was written.
SELECT ledger, (SELECT at FROM customer_status_assignments ORDER BY id LIMIT 1) FROM analytics_progress
