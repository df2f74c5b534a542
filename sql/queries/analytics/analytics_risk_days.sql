-- How many bore each indicator when the days of a range began; under none all who were looked at.
SELECT indicator, day, sum(customers)::bigint
FROM analytics_risk_days
WHERE day BETWEEN $1 AND $2
GROUP BY indicator, day
