-- The reviews of some customers.
SELECT customer_id, to_tag, status, opened_at, decided_at, transition_number FROM reviews WHERE customer_id = ANY ($1)
