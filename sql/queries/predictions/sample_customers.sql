-- Some customers as the seed of a day chooses them.
SELECT customer_id FROM customer_states ORDER BY hashtextextended(customer_id, $1), customer_id LIMIT $2
