-- How many customers, open reviews and open tasks there are.
SELECT 'customers', count(*)::numeric FROM customers
UNION ALL SELECT 'reviews', count(*) FROM reviews WHERE status = 'open'
UNION ALL SELECT 'tasks', count(*) FROM campaign_tasks WHERE completed_at IS NULL
