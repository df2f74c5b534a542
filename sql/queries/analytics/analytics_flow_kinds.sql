-- Moves that stand by day and how they came about.
SELECT day, value, sum(count)::bigint
FROM analytics_days
WHERE measure = 'flow' AND day BETWEEN $1 AND $2
GROUP BY day, value
