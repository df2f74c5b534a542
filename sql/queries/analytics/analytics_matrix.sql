-- Customers by tier and tag at the end of a day; '' for those without a tier.
SELECT tier, tag, sum(change)::bigint
FROM (
    SELECT tier, to_tag AS tag, count AS change FROM analytics_days
    WHERE (measure = 'moved_month' AND day < date_trunc('month', $1::date)::date)
        OR (measure = 'moved' AND day BETWEEN date_trunc('month', $1::date)::date AND $1)
    UNION ALL
    SELECT tier, from_tag, -count FROM analytics_days
    WHERE (measure = 'moved_month' AND day < date_trunc('month', $1::date)::date)
        OR (measure = 'moved' AND day BETWEEN date_trunc('month', $1::date)::date AND $1)
) moves
WHERE tag <> ''
GROUP BY tier, tag
