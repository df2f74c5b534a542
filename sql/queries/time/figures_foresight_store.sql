-- Predictions and scores of customers, made or made again; those that are the same are not written.
INSERT INTO customer_foresight (customer_id, churn, churn_model, overall, due_at, last_activity_at)
SELECT n.*
FROM (
    SELECT customer_id, churn::real AS churn, churn_model, overall::numeric(6,3) AS overall, due_at, last_activity_at
    FROM unnest($1::text[], $2::numeric[], $3::integer[], $4::numeric[], $5::timestamptz[], $6::timestamptz[])
        AS made (customer_id, churn, churn_model, overall, due_at, last_activity_at)
) AS n
LEFT JOIN customer_foresight f USING (customer_id)
WHERE f.customer_id IS NULL
    OR (f.churn, f.churn_model, f.overall, f.due_at, f.last_activity_at) IS DISTINCT FROM (n.churn, n.churn_model, n.overall, n.due_at, n.last_activity_at)
ON CONFLICT (customer_id) DO UPDATE SET churn = excluded.churn, churn_model = excluded.churn_model, overall = excluded.overall, due_at = excluded.due_at,
    last_activity_at = excluded.last_activity_at
