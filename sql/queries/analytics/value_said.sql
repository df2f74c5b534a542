-- Tickets and answers to the NPS question in a range, by the status of then: how many of each value.
SELECT measure, tag, value, sum(count)::bigint FROM weekly_days
WHERE measure IN ('nps', 'tickets') AND day BETWEEN $1 AND $2
GROUP BY measure, tag, value
HAVING sum(count) <> 0
