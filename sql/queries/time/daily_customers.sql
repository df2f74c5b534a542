-- Customers in the order of their ids behind one.
SELECT customer_id FROM customer_states WHERE customer_id > $1 ORDER BY customer_id LIMIT $2
