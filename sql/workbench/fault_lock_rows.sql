-- Nobody writes some customers, which depend on a seed, until the transaction ends.
SELECT customer_id FROM customer_states WHERE customer_id IN (
    SELECT customer_id FROM customer_states ORDER BY md5(customer_id || $1) LIMIT $2) ORDER BY customer_id FOR UPDATE
