-- Some customers as a seed chooses them: the same of the same seed.
SELECT customer_id FROM customer_states ORDER BY hashtextextended(customer_id, $1), customer_id LIMIT $2
