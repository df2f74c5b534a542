-- Moves from tag to tag that stand, in a range of days and in the days before it.
SELECT from_tag, to_tag, (sum(count) FILTER (WHERE day >= $2))::bigint, (sum(count) FILTER (WHERE day < $2))::bigint
FROM analytics_days
WHERE measure = 'flow' AND day BETWEEN $1 AND $3
GROUP BY from_tag, to_tag
ORDER BY from_tag, to_tag
