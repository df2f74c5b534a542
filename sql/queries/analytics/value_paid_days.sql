-- What was paid on each business day of a range by the status of then, in hundredths, and what was paid within 90 days of a recovery.
SELECT measure, day, tag, sum(count)::bigint FROM weekly_days
WHERE measure IN ('paid', 'revenue_kept') AND day BETWEEN $1 AND $2
GROUP BY measure, day, tag
HAVING sum(count) <> 0
