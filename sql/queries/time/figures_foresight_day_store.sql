-- Predictions and scores of customers, made again for another day or by another model; those that are the same are not written.
UPDATE customer_foresight f
SET churn = n.churn, churn_model = n.churn_model, overall = n.overall, due_at = n.due_at, last_activity_at = n.last_activity_at
FROM (
    SELECT customer_id, churn::real AS churn, churn_model, overall::numeric(6,3) AS overall, due_at, last_activity_at
    FROM unnest($1::text[], $2::numeric[], $3::integer[], $4::numeric[], $5::timestamptz[], $6::timestamptz[])
        AS made (customer_id, churn, churn_model, overall, due_at, last_activity_at)
) AS n
WHERE f.customer_id = n.customer_id
    AND (f.churn, f.churn_model, f.overall, f.due_at, f.last_activity_at) IS DISTINCT FROM (n.churn, n.churn_model, n.overall, n.due_at, n.last_activity_at)
