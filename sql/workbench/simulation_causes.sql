-- What campaigns follow from, as the commits of a simulated population left it.
SELECT customer_id, kind, number, tag, due_at, alert
FROM campaign_causes
ORDER BY customer_id COLLATE "C", kind, number
