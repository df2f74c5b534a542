-- Customers by the month of their start and by tier: all that have a tag, and how many of them stand where now; then, by month, how many of
-- them learned (Active, Progressing, Mastery) at the end of each month after it, the running one up to now.
, cohort AS (
    SELECT customer_id, to_char(start AT TIME ZONE 'UTC', 'YYYY-MM') AS month, tier FROM starts WHERE (start AT TIME ZONE 'UTC')::date BETWEEN @from AND @to
),
ends AS (
    SELECT to_char(m, 'YYYY-MM') AS month, n, least((m + (n + 1) * interval '1 month')::date - 1, @to::date) AS last
    FROM generate_series(@from::timestamp, @to::timestamp, interval '1 month') m CROSS JOIN generate_series(0, 12) n
    WHERE m + n * interval '1 month' <= @to::timestamp
)
SELECT month, count(*)::numeric FROM cohort JOIN present USING (customer_id) GROUP BY 1
UNION ALL SELECT month || ' ' || tag, count(*) FROM cohort JOIN present USING (customer_id) GROUP BY 1
UNION ALL SELECT tier, count(*) FROM cohort JOIN present USING (customer_id) GROUP BY 1
UNION ALL SELECT tier || ' ' || tag, count(*) FROM cohort JOIN present USING (customer_id) GROUP BY 1
UNION ALL
SELECT c.month || ' after ' || n, round(100.0 * count(*) FILTER (WHERE at.tag IN ('ST_001', 'ST_002', 'ST_003')) / nullif(count(*), 0), 1)
FROM cohort c JOIN ends USING (month)
CROSS JOIN LATERAL (SELECT tag FROM ledger l WHERE l.customer_id = c.customer_id AND l.day <= last ORDER BY number DESC LIMIT 1) at
GROUP BY c.month, n
