-- The open reviews of some customers.
SELECT customer_id, id FROM reviews WHERE customer_id = ANY ($1) AND status = 'open'
