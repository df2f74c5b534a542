-- The tags of some customers.
SELECT customer_id, tag FROM customer_states WHERE customer_id = ANY ($1)
