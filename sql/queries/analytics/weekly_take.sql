-- Takes the first customers whose figures by week wait to be computed again.
DELETE FROM weekly_changed c
USING (SELECT id FROM weekly_changed ORDER BY id LIMIT $1) AS first
WHERE c.id = first.id
RETURNING c.customer_id
