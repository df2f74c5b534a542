-- Versions of the customers named, to see whose moved on.
SELECT customer_id, version FROM customer_states WHERE customer_id = ANY ($1)
