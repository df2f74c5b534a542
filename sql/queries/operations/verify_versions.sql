-- Versions of some customers, to see who has moved on.
SELECT customer_id, version FROM customer_states WHERE customer_id = ANY ($1)
