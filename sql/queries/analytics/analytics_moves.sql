-- By tier and day the moves that stand: all, those that went by themselves, those into ST_006, and those ahead along the journey.
SELECT day, tier, sum(count)::bigint, (sum(count) FILTER (WHERE value = 1))::bigint, (sum(count) FILTER (WHERE to_tag = 'ST_006'))::bigint,
    (sum(count) FILTER (WHERE from_tag IN ('ST_001', 'ST_002') AND to_tag IN ('ST_002', 'ST_003') AND from_tag < to_tag))::bigint
FROM analytics_days
WHERE measure = 'flow' AND day BETWEEN $1 AND $2
GROUP BY day, tier
