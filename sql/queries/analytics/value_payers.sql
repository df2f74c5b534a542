-- The next customers who have ever paid, in the order of their ids, with tag, tier and what they paid on each of their latest business days with a payment.
WITH payers AS MATERIALIZED (
    SELECT s.customer_id FROM customer_signals s WHERE s.kind = 15 AND s.value > 0 AND s.customer_id > $1 GROUP BY s.customer_id ORDER BY s.customer_id LIMIT $2
)
SELECT p.customer_id, t.tag, coalesce(c.tier, ''), d.days, d.amounts
FROM payers p
JOIN customer_states t USING (customer_id)
JOIN customers c USING (customer_id)
CROSS JOIN LATERAL (
    SELECT array_agg(latest.day ORDER BY latest.day) AS days, array_agg(latest.amount ORDER BY latest.day) AS amounts
    FROM (
        SELECT (s.at AT TIME ZONE $3)::date AS day, sum(s.value)::double precision AS amount
        FROM customer_signals s
        WHERE s.customer_id = p.customer_id AND s.kind = 15 AND s.value > 0 AND lstep_counts(s.value, s.currency) AND (s.at AT TIME ZONE $3)::date <= $5
        GROUP BY 1
        ORDER BY 1 DESC
        LIMIT $4) AS latest) AS d
ORDER BY p.customer_id
