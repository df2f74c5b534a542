-- Of customers whose predictions and scores are given those whose stored ones differ, or are not there.
SELECT n.customer_id
FROM (
    SELECT customer_id, churn::real AS churn, churn_model, overall::numeric(6,3) AS overall, due_at, last_activity_at
    FROM unnest($1::text[], $2::numeric[], $3::integer[], $4::numeric[], $5::timestamptz[], $6::timestamptz[])
        AS made (customer_id, churn, churn_model, overall, due_at, last_activity_at)
) AS n
LEFT JOIN customer_foresight f USING (customer_id)
WHERE f.customer_id IS NULL
    OR (f.churn, f.churn_model, f.overall, f.due_at, f.last_activity_at) IS DISTINCT FROM (n.churn, n.churn_model, n.overall, n.due_at, n.last_activity_at)
