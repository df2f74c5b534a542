-- Takes what was added for persons who were erased since.
DELETE FROM analytics_removed r
USING (SELECT id FROM analytics_removed ORDER BY id LIMIT $1) AS first
WHERE r.id = first.id
RETURNING r.tier, r.level, r.contributions
