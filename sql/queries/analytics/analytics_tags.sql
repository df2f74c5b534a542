-- Moves from tag to tag on each day of a range; all before it are told as one, of the day before it.
SELECT greatest(day, $1::date - 1) AS on_day, nullif(from_tag, ''), nullif(to_tag, ''), sum(count)::bigint
FROM analytics_days
WHERE (measure = 'moved_month' AND day < date_trunc('month', $1::date)::date)
    OR (measure = 'moved' AND day BETWEEN date_trunc('month', $1::date)::date AND $2)
GROUP BY on_day, from_tag, to_tag
