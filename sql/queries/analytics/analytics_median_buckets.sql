-- How many values of some measures lie in each bucket on each day of a range.
SELECT day, value, count FROM analytics_days WHERE measure = ANY ($1) AND day BETWEEN $2 AND $3
