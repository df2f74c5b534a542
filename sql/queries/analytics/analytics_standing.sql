-- By tier and day how many more there are, and by how many more are in some tags; all before a range are told as one, of the day
-- before it.
SELECT greatest(day, $1::date - 1) AS on_day, tier, sum(count * ((from_tag = '')::integer - (to_tag = '')::integer))::bigint,
    sum(count * ((to_tag IN ('ST_001', 'ST_002'))::integer - (from_tag IN ('ST_001', 'ST_002'))::integer))::bigint,
    sum(count * ((to_tag = 'ST_003')::integer - (from_tag = 'ST_003')::integer))::bigint,
    sum(count * ((to_tag = 'ST_006')::integer - (from_tag = 'ST_006')::integer))::bigint
FROM analytics_days
WHERE (measure = 'moved_month' AND day < date_trunc('month', $1::date)::date)
    OR (measure = 'moved' AND day BETWEEN date_trunc('month', $1::date)::date AND $2)
GROUP BY on_day, tier
