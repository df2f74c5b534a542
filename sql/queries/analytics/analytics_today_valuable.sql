-- The most valuable customers at risk: of one owner, or of everybody.
SELECT f.customer_id, c.name, f.tag, f.tag_since, f.ltv, f.owner
FROM customer_figures f
JOIN customers c USING (customer_id)
WHERE f.tag IN ('ST_004', 'ST_005') AND f.ltv > 0 AND ($1::text IS NULL OR f.owner = $1)
ORDER BY coalesce(f.ltv, '-Infinity') DESC, f.customer_id DESC
LIMIT $2
