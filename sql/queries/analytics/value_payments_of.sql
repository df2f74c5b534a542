-- What a customer paid on each of its latest business days with a payment, the last first.
SELECT (s.at AT TIME ZONE $2)::date AS day, sum(s.value)::double precision
FROM customer_signals s
WHERE s.customer_id = $1 AND s.kind = 15 AND s.value > 0 AND lstep_counts(s.value, s.currency)
GROUP BY 1
ORDER BY 1 DESC
LIMIT $3
