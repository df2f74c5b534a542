-- How often each of some things was counted on each day of a range.
SELECT measure, day, sum(count)::bigint
FROM analytics_days
WHERE measure = ANY ($1) AND day BETWEEN $2 AND $3
GROUP BY measure, day
