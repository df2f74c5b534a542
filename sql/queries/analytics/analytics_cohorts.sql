-- Moves of those who started in some months, by cohort, month of the start and months after it.
SELECT CASE $3 WHEN 'tier' THEN tier WHEN 'engagement' THEN level ELSE to_char(day, 'YYYY-MM') END AS cohort, day, value,
    nullif(from_tag, ''), to_tag, sum(count)::bigint
FROM analytics_days
WHERE measure = 'cohort' AND day BETWEEN $1 AND $2
GROUP BY cohort, day, value, from_tag, to_tag
