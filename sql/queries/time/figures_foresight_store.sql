-- Predictions of customers, made or made again; those that are the same are not written.
INSERT INTO customer_foresight (customer_id, churn, churn_model)
SELECT n.*
FROM (
    SELECT customer_id, churn::real AS churn, churn_model
    FROM unnest($1::text[], $2::numeric[], $3::integer[]) AS made (customer_id, churn, churn_model)
) AS n
LEFT JOIN customer_foresight f USING (customer_id)
WHERE f.customer_id IS NULL OR f.churn IS DISTINCT FROM n.churn OR f.churn_model IS DISTINCT FROM n.churn_model
ON CONFLICT (customer_id) DO UPDATE SET churn = excluded.churn, churn_model = excluded.churn_model
