-- Of customers whose predictions are given those whose stored ones differ, or are not there.
SELECT n.customer_id
FROM (
    SELECT customer_id, churn::real AS churn, churn_model
    FROM unnest($1::text[], $2::numeric[], $3::integer[]) AS made (customer_id, churn, churn_model)
) AS n
LEFT JOIN customer_foresight f USING (customer_id)
WHERE f.customer_id IS NULL OR f.churn IS DISTINCT FROM n.churn OR f.churn_model IS DISTINCT FROM n.churn_model
