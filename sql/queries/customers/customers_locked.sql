-- Of the customers named, those whose rows somebody else holds; the others are let go at once.
WITH states AS MATERIALIZED (
    SELECT customer_id FROM customer_states WHERE customer_id = ANY ($1) FOR NO KEY UPDATE SKIP LOCKED
), profiles AS MATERIALIZED (
    SELECT customer_id FROM customers WHERE customer_id = ANY ($1) FOR NO KEY UPDATE SKIP LOCKED
)
SELECT customer_id FROM customer_states s WHERE customer_id = ANY ($1) AND NOT EXISTS (SELECT FROM states WHERE customer_id = s.customer_id)
UNION
SELECT customer_id FROM customers c WHERE customer_id = ANY ($1) AND NOT EXISTS (SELECT FROM profiles WHERE customer_id = c.customer_id)
