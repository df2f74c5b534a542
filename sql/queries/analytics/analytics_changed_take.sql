-- Takes the first customers who wait to be computed afresh.
DELETE FROM analytics_changed c
USING (SELECT id FROM analytics_changed ORDER BY id LIMIT $1) AS first
WHERE c.id = first.id
RETURNING c.customer_id
